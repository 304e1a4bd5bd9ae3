"""Makes golden.tfevents with TensorBoard's own writer (tensorboard 2.21.0); see EventFileTest."""
import sys

from tensorboard.compat.proto import event_pb2, summary_pb2
from tensorboard.summary.writer.record_writer import RecordWriter

value = summary_pb2.Summary.Value
events = [
    event_pb2.Event(wall_time=1700000000.25, file_version="brain.Event:2"),
    event_pb2.Event(
        wall_time=1700000000.25,
        step=25,
        summary=summary_pb2.Summary(
            value=[
                value(tag="loss", simple_value=0.1),
                value(tag="rate", simple_value=0.0),
                value(tag="tasks/变亮", simple_value=-3.5e-9),
            ]
        ),
    ),
    event_pb2.Event(
        wall_time=1700000000.25,
        step=300,
        session_log=event_pb2.SessionLog(status=event_pb2.SessionLog.START),
    ),
    event_pb2.Event(
        wall_time=1700000000.25,
        step=5000000000,
        summary=summary_pb2.Summary(value=[value(tag="loss", simple_value=float("inf"))]),
    ),
]
with open(sys.argv[1], "wb") as out:
    writer = RecordWriter(out)
    for event in events:
        writer.write(event.SerializeToString())
    writer.flush()
