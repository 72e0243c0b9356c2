"""How others reach this server: the address that a link to be passed on begins with, and its QR code.

A server on a lecturer's own machine is asked for as `localhost`, where no phone in the room finds it;
script/server then tells the machine's address in the network (CHAINWALK_LAN), and that is passed on.
"""

from __future__ import annotations

import io
import ipaddress
from urllib.parse import urlsplit

import segno
from flask import Blueprint, Response, current_app, request, url_for
from flask_babel import gettext as _

from . import codec, walks
from .languages import link

reach = Blueprint("reach", __name__)

LONGEST = 2_300
"""Bytes of a link that a QR code of the lowest error correction still holds."""
FRESH = 300


def origin() -> str:
    """Scheme and host of links to be passed on, without a slash at the end."""
    lan = str(current_app.config.get("LAN") or "")
    return lan if lan and local() else request.host_url.rstrip("/")


def local() -> bool:
    """Whether the page was asked for at an address that means this very machine."""
    host = urlsplit(request.host_url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def reachable() -> bool:
    """Whether other machines can open what `origin` says."""
    return not local() or bool(current_app.config.get("LAN"))


@reach.get("/code.svg")
def code() -> Response:
    """The QR code of the link to the state in the query string."""
    state, _found = link()
    address = origin() + url_for("pages.walk") + "?" + codec.encode(walks.with_example(state))
    if len(address.encode()) > LONGEST:
        return Response(_("This link is too long for a QR code."), 422, mimetype="text/plain")
    drawn = io.BytesIO()
    made = segno.make_qr(address, error="l", boost_error=True)
    made.save(drawn, kind="svg", border=4, dark="#000", light="#fff", omitsize=True, xmldecl=False)
    response = Response(drawn.getvalue(), mimetype="image/svg+xml")
    # For this reader alone: the address in it is the one that this request was sent to.
    response.cache_control.private = True
    response.cache_control.max_age = FRESH
    return response
