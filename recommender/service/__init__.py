"""The reference model service: hands out a repository of models, and answers for those who would rather ask.

An ASGI application (FastAPI) over one folder. It keeps no seeds and writes none into its log. Needs the extra
``service``; the player never imports it.
"""
