"""Fits the ranker on features that the product computed: `fit.py linear|trees IN OUT.json`.

IN is a JSON header beside raw little-endian arrays (see training-file.ts). Each job of the header names the questions
that it is fitted on; OUT.json holds one result a job. Deterministic: one thread, fixed seeds, fixed order.
"""
import json
import os
import sys

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"
import numpy as np

L2_MAIN, L2_CONTEXT, ITERATIONS, QUICK_ITERATIONS = 1e-3, 3e-3, 150, 50
TREES, SEEDS = 150, (1, 2, 3)
TREE_PARAMETERS = dict(
    objective="lambdarank", num_leaves=7, learning_rate=0.05, min_data_in_leaf=80, lambda_l2=10, feature_fraction=0.5,
    bagging_fraction=0.8, bagging_freq=1, lambdarank_truncation_level=10, verbose=-1, num_threads=1,
    deterministic=True, force_row_wise=True,
)


def load(path):
    with open(path) as file:
        header = json.load(file)
    arrays = {name: np.fromfile(f"{path}.{name}", dtype=np.dtype(kind)) for name, kind in header["arrays"].items()}
    return header, arrays


def chosen(header, arrays, job):
    """Questions of a job, and the weight of each: every set counts the same, every question of a set the same."""
    keep = np.ones(len(arrays["set"]), bool)
    if "fold" in job:
        keep &= arrays["fold"] != job["fold"]
    if "sets" in job:
        keep &= np.isin(arrays["set"], job["sets"])
    keep &= arrays["gold"] > 0
    weight = np.zeros(len(keep))
    counts = np.bincount(arrays["set"][keep], minlength=len(header["sets"]))
    share = np.array(header["setWeights"])
    weight[keep] = share[arrays["set"][keep]] / counts[arrays["set"][keep]]
    return keep, weight / weight.sum()


def rows_of(start, questions):
    lengths = np.diff(start)[questions]
    first = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    return np.repeat(start[:-1][questions] - first, lengths) + np.arange(lengths.sum()), first


def log_sum_exp(scores, first, lengths):
    best = np.maximum.reduceat(scores, first)
    e = np.exp(scores - np.repeat(best, lengths))
    total = np.add.reduceat(e, first)
    return best + np.log(total), e / np.repeat(total, lengths)


def linear_job(header, arrays, job, start_from):
    """Minimises the mean over questions of -mean over gold documents of log softmax; a document is the sum of its passages."""
    from scipy.optimize import minimize

    width, contexts = header["width"], header["contexts"]
    keep, weight = chosen(header, arrays, job)
    questions = np.flatnonzero(keep)
    rows, first = rows_of(arrays["start"], questions)
    lengths = np.diff(arrays["start"])[questions]
    features = arrays["features"].reshape(-1, width)[rows]
    question = np.repeat(np.arange(len(questions)), lengths)
    context = np.hstack([np.ones((len(questions), 1)), arrays["context"].reshape(-1, contexts)[questions]]).astype(np.float32)
    label = arrays["label"][rows]
    # Gold rows grouped by question and document.
    gold = np.flatnonzero(label >= 0)
    gold = gold[np.lexsort((gold, label[gold], question[gold]))]
    key = question[gold].astype(np.int64) * 100000 + label[gold]
    gold_first = np.flatnonzero(np.concatenate([[True], key[1:] != key[:-1]]))
    gold_lengths = np.diff(np.append(gold_first, len(gold)))
    gold_question = question[gold[gold_first]]
    gold_weight = weight[questions][gold_question] / np.bincount(gold_question, minlength=len(questions))[gold_question]
    row_weight = np.repeat(weight[questions], lengths)
    penalty = np.full((width, contexts + 1), L2_CONTEXT)
    penalty[:, 0] = L2_MAIN
    row_context = context[question]

    def objective(flat):
        w = flat.reshape(contexts + 1, width).T
        scores = np.einsum("rc,rc->r", features @ w.astype(np.float32), row_context).astype(np.float64)
        total, share = log_sum_exp(scores, first, lengths)
        found, gold_share = log_sum_exp(scores[gold], gold_first, gold_lengths)
        loss = (weight[questions] * total).sum() - (gold_weight * found).sum() + (penalty * w * w).sum()
        slope = row_weight * share
        slope[gold] -= np.repeat(gold_weight, gold_lengths) * gold_share
        gradient = features.T @ (slope[:, None].astype(np.float32) * row_context)
        return loss, (gradient.astype(np.float64) + 2 * penalty * w).T.ravel()

    begin = np.zeros(width * (contexts + 1)) if start_from is None else np.array(start_from)
    result = minimize(objective, begin, jac=True, method="L-BFGS-B", options=dict(maxiter=QUICK_ITERATIONS if job.get("quick") else ITERATIONS, maxcor=20))
    return [round(float(x), 5) for x in result.x]


def compact(booster, share):
    """LightGBM's trees as plain arrays, leaves divided by `share`: features, thresholds, left, right, leaf values; a child < 0 is leaf ~child."""
    out = []
    for tree in booster.dump_model()["tree_info"]:
        feature, threshold, left, right, leaf = [], [], [], [], []

        def walk(node):
            if "leaf_value" in node:
                leaf.append(round(node["leaf_value"] / share, 6))
                return ~(len(leaf) - 1)
            at = len(feature)
            feature.append(node["split_feature"])
            threshold.append(float("%.6g" % node["threshold"]))
            left.append(0)
            right.append(0)
            left[at] = walk(node["left_child"])
            right[at] = walk(node["right_child"])
            return at

        walk(tree["tree_structure"])
        out.append([feature, threshold, left, right, leaf])
    return out


def trees_job(header, arrays, job):
    import lightgbm

    keep, weight = chosen(header, arrays, job)
    questions = np.flatnonzero(keep)
    rows, _ = rows_of(arrays["start"], questions)
    lengths = np.diff(arrays["start"])[questions]
    label = arrays["label"][rows]
    used = label >= 0
    owner = np.repeat(np.arange(len(questions)), lengths)[used]
    group = np.bincount(owner, minlength=len(questions))
    scale = 100.0 * len(header["sets"]) * weight[questions]
    out = []
    seeds = SEEDS[:1] if job.get("quick") else SEEDS
    for seed in seeds:
        data = lightgbm.Dataset(
            arrays["features"].reshape(-1, header["width"])[rows][used],
            label[used],
            group=group[group > 0],
            weight=scale[owner],
            init_score=arrays["prior"][rows][used],
        )
        out += compact(lightgbm.train(dict(TREE_PARAMETERS, seed=seed), data, TREES), len(seeds))
    return out


def main():
    kind, source, target = sys.argv[1:4]
    header, arrays = load(source)
    results, whole = [], None
    for job in header["jobs"]:
        if kind == "linear":
            results.append(linear_job(header, arrays, job, whole))
            whole = whole or results[0]
        else:
            results.append(trees_job(header, arrays, job))
    with open(target, "w") as file:
        json.dump(results, file)


if __name__ == "__main__":
    main()
