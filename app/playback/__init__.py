"""The queue, the decoder and the mixer: from a track to samples, and from samples to a play."""
