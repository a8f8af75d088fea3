__version__ = "0.1.0"


def __getattr__(name):
    "`predict` comes with the model and its libraries, which take seconds to import; reading runs needs none of them."
    if name != "predict": raise AttributeError(f"module 'adaptive_vlbert' has no attribute {name!r}")
    from .answering import predict
    return predict
