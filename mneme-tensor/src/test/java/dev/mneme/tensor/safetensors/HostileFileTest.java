package dev.mneme.tensor.safetensors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.mneme.tensor.Engine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostileFileTest {
  private static final String OK = "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}";

  @TempDir static Path directory;

  @BeforeAll
  static void start() {
    Engine.start();
  }

  /** Header with ' for ", bytes of data, the tensor blamed, a part of the message. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}| 7 | a | expected data within the 7 bytes",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}| 9 | | expected 8 bytes of data, as the header's",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,9]}}| 9 | a | expected 8 bytes for F32 [2], found 9 bytes",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[4,12]}}| 12 | a | expected data beginning at byte 0",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[8,0]}}| 8 | a | begin ≤ end, found [8, 0]",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0]}}| 8 | a | found [0]",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8,9]}}| 8 | a | at most 2 numbers in data_offsets",
        "{'a':{'dtype':'F32','shape':[-2],'data_offsets':[0,8]}}| 8 | a | from 0 to 2^63-1 in shape, found -2",
        "{'a':{'dtype':'F32','shape':[9223372036854775808],'data_offsets':[0,8]}}| 8 | a | 0 to 2^63-1 in shape",
        "{'a':{'dtype':'F32','shape':[2.0],'data_offsets':[0,8]}}| 8 | a | whole numbers in shape, found JSON VALUE_NUMBER_FLOAT",
        "{'a':{'dtype':'F32','shape':['2'],'data_offsets':[0,8]}}| 8 | a | whole numbers in shape, found JSON VALUE_STRING",
        "{'a':{'dtype':'F32','shape':2,'data_offsets':[0,8]}}| 8 | a | an array of whole numbers as shape",
        "{'a':{'dtype':'F32','shape':[4294967296,4294967296],'data_offsets':[0,8]}}| 8 | a | whose bytes fit in 63 bits",
        "{'a':{'dtype':'F32','shape':[0,4611686018427387904,4],'data_offsets':[0,0]}}| 0 | a | whose bytes fit in 63 bits",
        "{'a':{'dtype':'Q8','shape':[2],'data_offsets':[0,8]}}| 8 | a | one of the types [F64, F32, F16, BF16, I64, I32, U8], found Q8",
        "{'a':{'dtype':7,'shape':[2],'data_offsets':[0,8]}}| 8 | a | one of the types",
        "{'a':{'shape':[2],'data_offsets':[0,8]}}| 8 | a | found no dtype",
        "{'a':{'dtype':'F32','data_offsets':[0,8]}}| 8 | a | found no shape",
        "{'a':{'dtype':'F32','shape':[2]}}| 8 | a | found no data_offsets",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8],'x':1}}| 8 | a | found another 'x'",
        "{'a':{'dtype':'F32','dtype':'F32','shape':[2],'data_offsets':[0,8]}}| 8 | a | found another 'dtype'",
        "{'a':{'dtype':'U8','shape':[],'data_offsets':[0,1]},'a':{'dtype':'U8','shape':[],'data_offsets':[0,1]}}| 1 | a | expected each name once, found it twice",
        "{'a':{'dtype':'U8','shape':[2],'data_offsets':[0,2]},'b':{'dtype':'U8','shape':[2],'data_offsets':[1,3]}}| 3 | b | no overlap), found byte 1",
        "{'a':{'dtype':'U8','shape':[2],'data_offsets':[0,2]},'b':{'dtype':'U8','shape':[1],'data_offsets':[3,4]}}| 4 | b | no hole",
        "{'a':[]}| 0 | a | an object with dtype, shape and data_offsets",
        "{'__metadata__':{'k':1}}| 0 | | a string as value of the metadata key 'k'",
        "{'__metadata__':{'k':'','k':''}}| 0 | | each metadata key once, found 'k' twice",
        "{'__metadata__':7}| 0 | | an object under __metadata__",
        "{'__metadata__':{},'__metadata__':{}}| 0 | __metadata__ | each name once",
        "{'\\ud800':{'dtype':'U8','shape':[0],'data_offsets':[0,0]}}| 0 | | half a surrogate pair",
        "{} x| 0 | | a header in valid JSON",
        "{} {}| 0 | | only spaces after",
        "{'a':| 0 | | a header in valid JSON",
        "[]| 0 | | that begins with '{', found byte 91",
        "''| 0 | | that begins with '{', found byte 34",
      })
  void eachLieIsNamed(String json, int data, String tensor, String message) throws IOException {
    Path file = write(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), data);
    SafetensorsException failure =
        assertThrows(SafetensorsException.class, () -> SafetensorsFile.open(file));
    assertTrue(failure.getMessage().contains(message), failure.getMessage());
    assertTrue(failure.getMessage().startsWith(file.toString()), failure.getMessage());
    assertEquals(file, failure.file());
    assertEquals(tensor, failure.tensor().orElse(null));
  }

  @Test
  void depthCountRankAndEncodingAreBounded() throws IOException {
    refused("[".repeat(5000), "that begins with '{'");
    refused("{\"a\":" + "[".repeat(5000), "expected an object with dtype");
    refused("{\"a\":{\"x\":" + "[".repeat(5000), "found another 'x'");
    String ones = "1,".repeat(Header.MAX_RANK) + "1";
    refused(
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[" + ones + "],\"data_offsets\":[0,1]}}",
        "at most 64 numbers in shape");
    refused("{\"" + "n".repeat(20_000) + "\":1}", "a header in valid JSON");
    refused(
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[" + "9".repeat(5000) + "]", "a header in valid JSON");
    StringBuilder many = new StringBuilder("{");
    for (int i = 0; i <= Header.MAX_TENSORS; i++) {
      many.append(i == 0 ? "" : ",")
          .append('"')
          .append(i)
          .append("\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}");
    }
    refused(many + "}", "at most 100000 tensors");
    refused(new byte[] {'{', '"', (byte) 0xff, '"', ':'}, "a header in UTF-8");
    refused("{}".getBytes(StandardCharsets.UTF_16LE), "a header in valid JSON");
    refused(new byte[0], "found nothing");
  }

  @Test
  void lengthIsBoundedByTheFileAndTheFormat() throws IOException {
    Path file = directory.resolve("length.safetensors");
    Files.write(file, new byte[7]);
    assertTrue(failure(file).getMessage().contains("expected at least 8 bytes, found 7 bytes"));
    for (long length :
        new long[] {3, -1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32, Header.MAX_BYTES}) {
      Files.write(
          file, ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array());
      assertTrue(
          failure(file).getMessage().contains("a header of at most 2 bytes"),
          failure(file).getMessage());
    }
    assertTrue(
        failure(directory.resolve("none")).getMessage().contains("expected a readable file"));
    assertTrue(
        failure(directory).getMessage().contains("expected "), failure(directory).getMessage());
  }

  @Test
  void longNamesAreClippedInMessages() throws IOException {
    String name = "n".repeat(5000);
    SafetensorsException failure =
        assertThrows(
            SafetensorsException.class,
            () ->
                SafetensorsFile.open(
                    write(("{\"" + name + "\":1}").getBytes(StandardCharsets.UTF_8), 0)));
    assertTrue(failure.getMessage().length() < 1000);
    assertEquals(name, failure.tensor().orElseThrow());
  }

  @Test
  void mutatedFilesAreReadOrRefused() throws IOException {
    byte[][] originals = {
      Files.readAllBytes(PythonFixtureTest.fixture()),
      bytes(OK.replace('\'', '"').getBytes(StandardCharsets.UTF_8), 8)
    };
    Random random = new Random(20_240_229);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Path file = directory.resolve("mutant.safetensors");
    int valid = 0;
    int refused = 0;
    for (int i = -200; i < 12_000; i++) { // the first load classes
      byte[] mutant = originals[Math.floorMod(i, originals.length)];
      for (int edits = random.nextInt(3); edits >= 0; edits--) {
        mutant = mutate(mutant, random);
      }
      Files.write(file, mutant);
      long before = threads.getCurrentThreadAllocatedBytes();
      try (PointerScope scope = new PointerScope();
          SafetensorsFile source = SafetensorsFile.open(file)) {
        for (String name : source.names()) {
          TensorInfo info = source.info(name);
          assertEquals(info.elementCount(), source.tensor(name).clone().numel());
        }
        valid++;
      } catch (SafetensorsException e) {
        refused++;
      }
      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      assertTrue(
          i < 0 || allocated < 1 << 20,
          "allocated " + allocated + " for " + mutant.length + " bytes");
    }
    assertTrue(valid > 500 && refused > 5000, valid + " valid, " + refused + " refused");
  }

  private static final String[] SPLICES = {
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "null",
    "true",
    "-1",
    "0",
    "1e9",
    "9223372036854775807",
    "18446744073709551616",
    "\"dtype\":\"F16\",",
    "\"shape\":[1],",
    "\"data_offsets\":[0,1],",
    "\"a\":{},",
    "\\u0000",
    "\ud83d\ude00",
    "  ",
    "\"__metadata__\":{\"a\":\"b\"},",
    "[[[[[[[[[[[[[[[[[[[["
  };

  private static byte[] mutate(byte[] original, Random random) {
    if (original.length < 16) {
      return original;
    }
    byte[] bytes = original.clone();
    int header =
        (int)
            Math.min(
                bytes.length - 8,
                Math.max(
                    1, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong() & 0xffff));
    switch (random.nextInt(7)) {
      case 0 -> bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[8 + random.nextInt(header)] ^= (byte) (1 << random.nextInt(8));
      case 2 -> {
        return Arrays.copyOf(bytes, random.nextInt(bytes.length + 16));
      }
      case 3 -> {
        long[] lengths = {
          0,
          1,
          header - 1,
          header + 1,
          header + 8,
          -1,
          Long.MAX_VALUE,
          random.nextLong(),
          bytes.length
        };
        ByteBuffer.wrap(bytes)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(lengths[random.nextInt(lengths.length)]);
      }
      case 4 -> {
        // A digit of a shape or an offset.
        int start = 8 + random.nextInt(header);
        for (int i = 0; i < header; i++) {
          int at = 8 + (start - 8 + i) % header;
          if (bytes[at] >= '0' && bytes[at] <= '9') {
            bytes[at] = (byte) ('0' + random.nextInt(10));
            break;
          }
        }
      }
      case 5 -> {
        // Text inside the header, its length corrected.
        byte[] splice = SPLICES[random.nextInt(SPLICES.length)].getBytes(StandardCharsets.UTF_8);
        int at = 8 + random.nextInt(header);
        int dropped = Math.min(random.nextInt(4), 8 + header - at);
        ByteBuffer out =
            ByteBuffer.allocate(bytes.length + splice.length - dropped)
                .order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(header + splice.length - dropped).put(bytes, 8, at - 8).put(splice);
        out.put(bytes, at + dropped, bytes.length - at - dropped);
        return out.array();
      }
      default -> {
        // Data may hold anything: such a file stays valid.
        for (int at = 8 + header; at < bytes.length; at++) {
          bytes[at] = (byte) random.nextInt();
        }
      }
    }
    return bytes;
  }

  private static void refused(String json, String message) throws IOException {
    refused(json.getBytes(StandardCharsets.UTF_8), message);
  }

  private static void refused(byte[] json, String message) throws IOException {
    SafetensorsException failure = failure(write(json, 0));
    assertTrue(failure.getMessage().contains(message), failure.getMessage());
  }

  private static SafetensorsException failure(Path file) {
    return assertThrows(SafetensorsException.class, () -> SafetensorsFile.open(file));
  }

  private static byte[] bytes(byte[] json, int data) {
    return ByteBuffer.allocate(8 + json.length + data)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .array();
  }

  private static Path write(byte[] json, int data) throws IOException {
    return Files.write(directory.resolve("hostile.safetensors"), bytes(json, data));
  }
}
