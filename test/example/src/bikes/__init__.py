"""Predict how many bikes are rented in an hour."""

import argparse
import json
from importlib import resources


def predict(temperature: float, hour: int) -> int:
    """Apply the fitted model: a straight line in temperature, a bonus in rush hours."""
    model = json.loads(resources.files("bikes").joinpath("model.json").read_text())
    rush = model["rush"] if hour in (7, 8, 17, 18) else 0
    return max(0, round(model["base"] + model["per_degree"] * temperature + rush))


def main() -> None:
    parser = argparse.ArgumentParser(prog="bikes", description=__doc__)
    parser.add_argument("--temperature", type=float, default=18.0, help="degrees Celsius")
    parser.add_argument("--hour", type=int, default=8, choices=range(24), metavar="0..23")
    arguments = parser.parse_args()
    rented = predict(arguments.temperature, arguments.hour)
    print(f"{rented} bikes at {arguments.temperature:g} degrees and {arguments.hour} o'clock")
