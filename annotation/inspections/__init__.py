"""Samples judged by people in the annotation server (抽检): their answers become the verdicts of the sample."""
