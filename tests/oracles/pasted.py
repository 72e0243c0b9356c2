"""Code as notebooks, courses and the documentation of PyTorch have it: each snippet ends in `loss`."""

from __future__ import annotations

TORCH: dict[str, str] = {
    "normalize": "X = (X - X.mean(dim=0)) / (X.std(dim=0) + 1e-5)\nloss = (X * W).sum()",
    "variance": "loss = torch.var(X, dim=1, unbiased=False).sum() + X.var(0).sum() + x.std()",
    "softmax by hand": "e = torch.exp(X - X.max(dim=1, keepdim=True)[0])\np = e / e.sum(1, keepdim=True)\nloss = (p * W).sum()",
    "picked": "lp = F.log_softmax(X, dim=-1)\nloss = -lp[torch.arange(X.shape[0]), y].mean()",
    "nll": "loss = F.nll_loss(F.log_softmax(X, dim=1), y)",
    "cross entropy sum": "loss = nn.CrossEntropyLoss(reduction='sum')(X, y)",
    "losses": "loss = F.mse_loss(X, W) + nn.MSELoss(reduction='sum')(X, W) + F.l1_loss(X, W)",
    "bce": "p = torch.sigmoid(x)\nt = (z > 0).double()\nloss = F.binary_cross_entropy(p, t) + F.binary_cross_entropy_with_logits(x, t)",
    "methods": "loss = X.pow(2).sum(dim=(0, 1)).sqrt() + x.abs().log().mean().exp() + x.sigmoid().prod()",
    "activations": "loss = (F.relu(x) + F.gelu(x) + F.silu(x) + F.softplus(x) + torch.tanh(x) + F.leaky_relu(x, 0.2)).sum()",
    "elu by where": "loss = torch.where(x > 0, x, 0.5 * (torch.exp(x) - 1)).sum()",
    "clamp": "loss = (x.clamp(min=0) + x.clamp(-0.5, 0.5) + torch.clamp(x, max=0.3)).sum()",
    "shapes": "a = X.view(-1)\nb = X.reshape(3, 2)\nc = X.flatten().unsqueeze(0)\nloss = (a * c.squeeze(0)).sum() + (b @ X).sum()",
    "transposes": "loss = (X.T @ X).trace() + (X.transpose(0, 1) @ W).sum() + X.permute(1, 0).mm(W).mean()",
    "linear": "loss = F.linear(X, W, x[:2]).tanh().sum()",
    "addmm": "loss = torch.addmm(W @ W.T, X, X.t()).sum()",
    "broadcast": "loss = (x[:, None] * x[None, :] + x.unsqueeze(1)).mean() + (X + x.expand_as(X)).sum()",
    "stack": "rows = [torch.sin(X[i]) * i for i in range(2)]\nloss = torch.stack(rows).sum() + torch.cat([x, z], dim=0).norm()",
    "max of two": "loss = torch.max(x, z).sum() + torch.maximum(x, -z).sum() + x.max() - x.min()",
    "rnn": (
        "h = torch.zeros(3)\nU = W.T @ W\nouts = []\nfor t in range(3):\n    h = torch.tanh(U @ h + x * (t + 1))\n"
        "    outs.append(h)\nloss = torch.stack(outs, dim=0).pow(2).sum() + outs[-1][0]"
    ),
    "attention": (
        "def attend(q, k, v, scale=None):\n    scale = q.size(-1) ** -0.5 if scale is None else scale\n"
        "    scores = q @ k.transpose(-2, -1) * scale\n    return F.softmax(scores, dim=-1) @ v\n"
        "loss = attend(X, W, X + W).sum()"
    ),
    "layers": (
        "class Block(nn.Module):\n    def __init__(self, weight, scale=0.5):\n        super().__init__()\n"
        "        self.weight = weight\n        self.scale = scale\n        self.act = nn.Sequential(nn.Tanh(), nn.Softplus())\n"
        "    def forward(self, x):\n        return self.act(x @ self.weight.t()) * self.scale\n"
        "block = Block(W)\nloss = block(X).sum()"
    ),
    "inner functions": (
        "def outer(f, n):\n    def g(v):\n        for _ in range(n):\n            v = f(v)\n        return v\n    return g\n"
        "loss = outer(lambda v: torch.sin(v) * 2, 3)(x).sum()"
    ),
    "logsumexp": "m = X.max(1, keepdim=True).values\nloss = (torch.log(torch.exp(X - m).sum(1)) + m.squeeze(1)).sum() - torch.logsumexp(X, dim=0).sum()",
    "einsum": "loss = torch.einsum('ij,kj->ik', X, W).pow(2).sum()",
    "distances": "d = ((X[:, None, :] - W[None, :, :]) ** 2).sum(-1)\nloss = torch.exp(-d).sum()",
    "augmented": "loss = 0.0\nfor a, b in zip(x, z):\n    loss += (a - b) ** 2\nloss /= len(x)",
    "penalty": "loss = ((X @ z) ** 2).mean() + 0.1 * sum(p.pow(2).sum() for p in [W, z])",
    "branches": "mode = 'train'\nif mode == 'train':\n    loss = x.sum()\nelse:\n    loss = z.sum()\nloss = loss * (2 if len(x) > 2 else 3)",
    "masks": "r = x * (x > 0)\nq = x.clone()\nq[x < 0] = 0.1 * z[x < 0].sum()\nloss = (r + q).sum()",
    "comparison chain": "loss = (x * ((x > -0.5) & (x < 0.5))).sum() + (z * (z >= 0).float()).sum()",
    "determinant": "M = X @ X.T + torch.eye(2)\nloss = torch.logdet(M) + torch.det(M) + torch.inverse(M).sum() + torch.linalg.norm(M)",
    "norms": "loss = torch.norm(X, dim=1).sum() + x.norm() + x.norm(p=1) + torch.linalg.norm(x)",
    "cumulative": "loss = (torch.cumsum(x, dim=0) * z).sum()",
    "outer": "loss = torch.outer(x, z).tanh().sum() + torch.dot(x, z) + torch.ger(x, z).sum()",
    "slopes": "loss = (F.elu(x, alpha=0.7) + F.elu(z) + F.leaky_relu(z, negative_slope=0.3) + nn.LeakyReLU(0.1)(x)).sum()",
    "selu and so on": "loss = (F.selu(x) + F.mish(x) + F.hardtanh(z) + F.relu6(x) + F.softsign(z) + F.logsigmoid(x)).sum()",
    "huber": "loss = F.huber_loss(x, z) + F.smooth_l1_loss(X, W) + F.huber_loss(x, z, delta=0.5)",
    "divergence": "loss = F.kl_div(F.log_softmax(X, 1), F.softmax(W, 1), reduction='batchmean')",
    "similarity": "loss = F.cosine_similarity(x, z, dim=0) + F.cosine_similarity(X, W).sum()",
    "turned": "loss = (torch.roll(x, 1, 0) * z).sum() + (torch.flip(X, [1]) * W).sum() + (x.repeat(2, 1) * X).sum()",
    "tiled": "loss = (torch.tile(x, (2, 1)) * W).sum() + (x.repeat_interleave(2) ** 3).sum()",
    "numerics": "loss = (torch.log1p(x ** 2) + torch.expm1(z) + torch.erf(x) + torch.logaddexp(x, z)).sum()",
    "permuted": "T = torch.stack([X, W])\nloss = (T.permute(2, 0, 1)[0] * X[:, :2]).sum() + T.sum(dim=(0, 2)).prod() + T.transpose(0, 1)[0].mean()",
    "batches": "T = torch.stack([X, W])\nloss = torch.bmm(T, T.transpose(1, 2)).sum() + (T @ x).pow(2).sum()",
    "gathered": "loss = X.gather(1, y.view(-1, 1)).sum() + torch.gather(W, 1, y[:, None]).prod()",
    "sorted": "loss = (torch.sort(x).values * z).sum() + x.sort()[0][0]",
    "layer norm": "loss = (F.layer_norm(X, (3,)) * W).sum() + (F.normalize(X, dim=1) * W).sum()",
    "pairs": "m = X.max(1, keepdim=True)\nvalues, places = torch.max(W, 1)\nloss = (X - m[0]).sum() + (X - m.values).prod() + values.prod()",
    "embedding": "emb = W[y]\nloss = (emb ** 2).sum()",
    "one hot": "loss = (F.one_hot(y, 3).float() * F.log_softmax(X, dim=1)).sum()",
}
NUMPY: dict[str, str] = {
    "sums": "loss = np.sum(X, axis=0).dot(x) + np.mean(X, 1).sum() + np.max(X, axis=1).sum() + np.prod(x)",
    "variance": "loss = np.var(X, axis=0).sum() + X.std() + np.std(x, ddof=1)",
    "svm": "s = X @ W.T\nm = np.maximum(0, s - s[np.arange(2), [1, 0]].reshape(-1, 1) + 1)\nm[np.arange(2), [1, 0]] = 0\nloss = m.sum()",
    "in place": "p = np.exp(X)\np /= p.sum(axis=1, keepdims=True)\np[range(2), [2, 0]] -= 1\nloss = (p * W).sum()",
    "relu in place": "h = X.copy()\nh[h < 0] = 0\nloss = (h ** 2).sum()",
    "newaxis": "loss = (x[:, np.newaxis] * x[np.newaxis]).sum() + np.expand_dims(x, 1).sum()",
    "concatenate": "loss = (np.concatenate((X, W), axis=0) ** 2).sum() + np.hypot(x, z).sum()",
    "linear algebra": "M = X @ X.T + np.eye(2)\nloss = np.linalg.det(M) + np.trace(np.linalg.inv(M)) + np.linalg.solve(M, x[:2]).sum()",
    "filled rows": "out = np.zeros((2, 3))\nfor i in range(2):\n    out[i] = np.tanh(X[i] * x)\nloss = (out * W).sum()",
    "filled elements": "S = np.zeros((2, 2))\nfor i in range(2):\n    for j in range(2):\n        for k in range(3):\n            S[i, j] += X[i, k] * W[j, k]\nloss = (S ** 2).sum()",
    "dictionary": "params = {}\nfor i, M in enumerate([X, W]):\n    params['W' + str(i)] = M\nloss = (params['W0'] * params['W1']).sum()",
    "repeated": "loss = (np.repeat(X, 2, axis=0) ** 2).sum() + np.tile(x, 2).sum() + (np.roll(x, 1) * z).sum() + np.flip(x)[0]",
    "diagonals": "loss = np.diag(X.T @ X).sum() + (np.diag(x) @ z).sum() + np.sum(np.cumsum(x) * z) + np.linalg.norm(X, axis=1).sum()",
    "norms": "loss = np.linalg.norm(X) + np.linalg.norm(x, 1) + np.linalg.norm(X, ord='fro') + np.linalg.norm(x, ord=2)",
    "power": "loss = np.power(np.abs(x), 1.5).sum() + np.square(z).sum() + np.sqrt(x ** 2 + 1).sum() + np.float_power(2, z).sum()",
    "matrix chain": "A = X.T.dot(X)\nloss = x.T.dot(A).dot(x) + np.dot(x, z) + np.dot(2, x).sum()",
    "slices": "loss = (X[:, ::-1] * W).sum() + X[-1, 1:].sum() + X[..., 0].sum() + (X[1:] - X[:-1]).sum()",
    "clip": "loss = np.clip(x, -0.5, 0.5).sum() + np.minimum(x, z).sum() + np.where(x > z, x, z).sum()",
    "continue": "loss = 0\nfor i in range(5):\n    if i == 1:\n        continue\n    if i > 3:\n        break\n    loss = loss + x[i % 3] ** i",
    "while": "n = 1\ns = z\nwhile n < 4:\n    s = np.sin(s) + x\n    n += 1\nloss = s.sum()",
}
