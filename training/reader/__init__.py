"""The trained extractor without spaCy: numpy, onnxruntime and tokenizers only. Never imports torch.

``reader.extract.Reader(folder).extract(text)`` gives a standoff dictionary. Training cuts its examples with the same
modules, so what the models see in use is what they saw in training.
"""
