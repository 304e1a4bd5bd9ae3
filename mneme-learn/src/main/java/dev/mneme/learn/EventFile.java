package dev.mneme.learn;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * Curves as TensorBoard reads them: a TFRecord file of {@code tensorflow.Event} messages
 * (event.proto and summary.proto of TensorBoard 2), of which only scalars are needed.
 *
 * <p>A run that goes on opens another file, which begins by telling TensorBoard to forget the steps
 * that will be taken again.
 */
final class EventFile implements AutoCloseable {
  private static final String NAME = "events.out.tfevents.";
  private static final String VERSION = "brain.Event:2";
  private static final int START = 1; // SessionLog.SessionStatus
  private static final int MASK = 0xa282ead8; // of a checksum, as TFRecord has it

  // Field numbers and wire types: number << 3 | type.
  private static final int WALL_TIME = 1 << 3 | 1;
  private static final int STEP = 2 << 3;
  private static final int FILE_VERSION = 3 << 3 | 2;
  private static final int SUMMARY = 5 << 3 | 2;
  private static final int SESSION_LOG = 7 << 3 | 2;
  private static final int VALUE = 1 << 3 | 2;
  private static final int TAG = 1 << 3 | 2;
  private static final int SIMPLE_VALUE = 2 << 3 | 5;
  private static final int STATUS = 1 << 3;

  private final OutputStream out;
  private final InstantSource clock;

  EventFile(OutputStream out, InstantSource clock) throws IOException {
    this.out = out;
    this.clock = clock;
    write(event(0).text(FILE_VERSION, VERSION));
  }

  /**
   * Opens a new file in a run's directory.
   *
   * @param firstStep steps that have been done; later ones of older files are forgotten
   */
  static EventFile open(Path directory, long firstStep) throws IOException {
    InstantSource clock = InstantSource.system();
    long older;
    try (Stream<Path> files = Files.list(directory)) {
      older = files.filter(f -> f.getFileName().toString().startsWith(NAME)).count();
    }
    // TensorBoard reads files in the order of their names.
    String name = "%s%010d.mneme.%04d".formatted(NAME, clock.instant().getEpochSecond(), older);
    OutputStream out =
        Files.newOutputStream(
            directory.resolve(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    EventFile file = new EventFile(out, clock);
    if (older > 0) {
      file.restart(firstStep + 1);
    }
    return file;
  }

  /** Forgets this step and later ones. */
  void restart(long step) throws IOException {
    write(event(step).message(SESSION_LOG, new Message().number(STATUS, START)));
  }

  /** Writes a line of metrics. */
  void line(JsonNode line) throws IOException {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("loss", line.get("loss").asDouble());
    values.put("rate", line.get("rate").asDouble());
    if (line.has("heldOut")) {
      values.put("held_out/loss", line.get("heldOut").asDouble());
    }
    line.get("tasks")
        .fields()
        .forEachRemaining(e -> values.put("tasks/" + e.getKey(), e.getValue().asDouble()));
    scalars(line.get("step").asLong(), values);
  }

  /** Writes values of one step by tag, as 32-bit numbers. */
  void scalars(long step, Map<String, Double> values) throws IOException {
    Message summary = new Message();
    values.forEach(
        (tag, value) ->
            summary.message(
                VALUE, new Message().text(TAG, tag).single(SIMPLE_VALUE, value.floatValue())));
    write(event(step).message(SUMMARY, summary));
  }

  private Message event(long step) {
    Instant now = clock.instant();
    Message event = new Message().real(WALL_TIME, now.getEpochSecond() + now.getNano() / 1e9);
    return step == 0 ? event : event.number(STEP, step);
  }

  /** A record: length, its checksum, data, its checksum; all little-endian. */
  private void write(Message message) throws IOException {
    byte[] data = message.bytes();
    byte[] length = little(8).putLong(data.length).array();
    out.write(length);
    out.write(little(4).putInt(masked(length)).array());
    out.write(data);
    out.write(little(4).putInt(masked(data)).array());
    out.flush();
  }

  private static int masked(byte[] data) {
    CRC32C crc = new CRC32C();
    crc.update(data);
    return Integer.rotateRight((int) crc.getValue(), 15) + MASK;
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  /** A protocol buffer in the making; fields in the order of their numbers. */
  private static final class Message {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private Message varint(long value) {
      long rest = value;
      for (; (rest & ~0x7fL) != 0; rest >>>= 7) {
        bytes.write((int) (rest & 0x7f | 0x80));
      }
      bytes.write((int) rest);
      return this;
    }

    Message number(int field, long value) {
      return varint(field).varint(value);
    }

    Message real(int field, double value) {
      varint(field);
      bytes.writeBytes(little(8).putDouble(value).array());
      return this;
    }

    Message single(int field, float value) {
      varint(field);
      bytes.writeBytes(little(4).putFloat(value).array());
      return this;
    }

    Message text(int field, String value) {
      return raw(field, value.getBytes(StandardCharsets.UTF_8));
    }

    Message message(int field, Message value) {
      return raw(field, value.bytes());
    }

    private Message raw(int field, byte[] value) {
      varint(field).varint(value.length);
      bytes.writeBytes(value);
      return this;
    }

    byte[] bytes() {
      return bytes.toByteArray();
    }
  }
}
