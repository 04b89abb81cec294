"""Records reference values of ranking metrics: `pip install pytrec-eval-terrier==0.5.11 && python record-reference.py`.

Random rankings and graded judgements go into reference.json with what trec_eval gives for them. trec_eval orders by
score and breaks ties by document id, so every ranking here has distinct scores. MRR@10 is the reciprocal rank of the
run cut after ten documents.
"""
import json
import os
import random

import pytrec_eval

random.seed(7)
cases = []
for number in range(40):
    documents = [f"d{i}" for i in range(random.randint(5, 40))]
    random.shuffle(documents)
    relevant = random.sample(documents, random.randint(1, min(12, len(documents))))
    unjudged = random.randint(0, 3)
    judgements = {d: random.choice([1, 1, 1, 2, 3, 4]) for d in relevant}
    judgements.update({f"absent{i}": random.choice([1, 2]) for i in range(unjudged)})
    judgements.update({d: 0 for d in documents[:2] if d not in judgements})
    ranking = random.sample(documents, random.randint(1, len(documents)))
    run = {d: float(len(ranking) - i) for i, d in enumerate(ranking)}
    evaluator = pytrec_eval.RelevanceEvaluator({"q": judgements}, {"recall.2,5,10", "ndcg_cut.10"})
    found = evaluator.evaluate({"q": run})["q"]
    top = pytrec_eval.RelevanceEvaluator({"q": judgements}, {"recip_rank"})
    reciprocal = top.evaluate({"q": {d: run[d] for d in ranking[:10]}})["q"]["recip_rank"]
    cases.append(
        {
            "ranking": ranking,
            "judgements": judgements,
            "expected": {
                "recall@2": found["recall_2"],
                "recall@5": found["recall_5"],
                "recall@10": found["recall_10"],
                "ndcg@10": found["ndcg_cut_10"],
                "mrr@10": reciprocal,
            },
        }
    )
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "reference.json"), "w") as file:
    json.dump({"source": "pytrec-eval-terrier 0.5.11", "cases": cases}, file)
    file.write("\n")
