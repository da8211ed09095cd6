"""A model made public: a folder of signed files that any static web server, or ``segue serve``, hands out.

The signatures follow The Update Framework (TUF), so that whoever serves or changes the folder cannot pass off another
model, an older one, or keep a listener on an old one for ever. Needs the extra ``service``.
"""
