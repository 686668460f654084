"""How wrong cells are located: from relations to constraints, search, certificates, proofs and repairs."""
