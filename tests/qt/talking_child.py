"""A child for the tests of ``run_apart``: says what it is told to, so many times, and sleeps or ends."""

import sys
import time

if __name__ == "__main__":
    words, times, seconds = sys.argv[1:]
    for _ in range(int(times)):
        print(words, end="", flush=True)
    time.sleep(float(seconds))
