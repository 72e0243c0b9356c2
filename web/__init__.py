"""The web part of Chainwalk: blueprints, the URL codec, and what guards them."""
