package dev.mneme.tensor.safetensors;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a header's JSON and believes none of it unchecked. */
final class HeaderParser {
  private static final String SUPPORTED = "one of the types " + Arrays.toString(DType.values());

  private final Path file;
  private final JsonParser json;
  private final Map<String, String> metadata = new LinkedHashMap<>();
  private final List<TensorInfo> tensors = new ArrayList<>();

  private HeaderParser(Path file, JsonParser json) {
    this.file = file;
    this.json = json;
  }

  /**
   * @param utf8 the header without its length
   * @param dataBytes the number of bytes in the file after the header
   */
  static Header parse(Path file, byte[] utf8, long dataBytes) throws SafetensorsException {
    if (utf8.length == 0 || utf8[0] != '{') {
      throw new SafetensorsException(
          file,
          null,
          "a header that begins with '{'",
          utf8.length == 0 ? "nothing" : "byte " + (utf8[0] & 0xff));
    }
    try (JsonParser json = Json.parser(utf8)) {
      HeaderParser parser = new HeaderParser(file, json);
      parser.root();
      return Header.checked(file, parser.tensors, parser.metadata, dataBytes);
    } catch (SafetensorsException e) {
      throw e;
    } catch (JsonProcessingException e) {
      throw new SafetensorsException(
          file, null, "a header in valid JSON", e.getOriginalMessage(), e);
    } catch (CharacterCodingException e) {
      throw new SafetensorsException(file, null, "a header in UTF-8", "bytes that are not", e);
    } catch (IOException e) {
      throw new SafetensorsException(file, null, "a readable header", e.toString(), e);
    }
  }

  private void root() throws IOException {
    json.nextToken();
    expect(JsonToken.START_OBJECT, null, "a JSON object");
    Set<String> names = new HashSet<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = Json.wellFormed(json.currentName(), file);
      if (!names.add(name)) {
        throw new SafetensorsException(file, name, "each name once", "it twice");
      }
      json.nextToken();
      if (name.equals(Header.METADATA)) {
        metadata();
      } else if (tensors.size() == Header.MAX_TENSORS) {
        throw new SafetensorsException(
            file, null, "at most " + Header.MAX_TENSORS + " tensors", "more");
      } else {
        tensors.add(tensor(name));
      }
    }
    if (json.nextToken() != null) {
      throw new SafetensorsException(
          file, null, "only spaces after the header's JSON object", Json.found(json));
    }
  }

  private void metadata() throws IOException {
    expect(JsonToken.START_OBJECT, null, "an object under " + Header.METADATA);
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = Json.wellFormed(json.currentName(), file);
      json.nextToken();
      expect(JsonToken.VALUE_STRING, null, "a string as value of the metadata key '" + key + "'");
      if (metadata.put(key, Json.wellFormed(json.getText(), file)) != null) {
        throw new SafetensorsException(file, null, "each metadata key once", "'" + key + "' twice");
      }
    }
  }

  private TensorInfo tensor(String name) throws IOException {
    expect(JsonToken.START_OBJECT, name, "an object with dtype, shape and data_offsets");
    DType dtype = null;
    List<Long> shape = null;
    List<Long> offsets = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      json.nextToken();
      if (key.equals("dtype") && dtype == null) {
        dtype = dtype(name);
      } else if (key.equals("shape") && shape == null) {
        shape = numbers(name, key, Header.MAX_RANK);
      } else if (key.equals("data_offsets") && offsets == null) {
        offsets = numbers(name, key, 2);
      } else {
        throw new SafetensorsException(
            file, name, "dtype, shape and data_offsets, each once", "another '" + key + "'");
      }
    }
    if (dtype == null || shape == null || offsets == null) {
      String missing = dtype == null ? "dtype" : shape == null ? "shape" : "data_offsets";
      throw new SafetensorsException(file, name, "dtype, shape and data_offsets", "no " + missing);
    }
    if (offsets.size() != 2 || offsets.get(0) > offsets.get(1)) {
      throw new SafetensorsException(
          file, name, "data_offsets [begin, end] with begin ≤ end", offsets.toString());
    }
    long bytes = Header.byteCount(file, name, dtype, shape);
    long given = offsets.get(1) - offsets.get(0);
    if (given != bytes) {
      throw new SafetensorsException(
          file, name, bytes + " bytes for " + dtype + " " + shape, given + " bytes");
    }
    return new TensorInfo(name, dtype, shape, offsets.get(0), offsets.get(1));
  }

  private DType dtype(String name) throws IOException {
    expect(JsonToken.VALUE_STRING, name, SUPPORTED);
    String text = json.getText();
    return DType.named(text)
        .orElseThrow(() -> new SafetensorsException(file, name, SUPPORTED, text));
  }

  private List<Long> numbers(String name, String key, int limit) throws IOException {
    expect(JsonToken.START_ARRAY, name, "an array of whole numbers as " + key);
    List<Long> numbers = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      expect(JsonToken.VALUE_NUMBER_INT, name, "whole numbers in " + key);
      if (numbers.size() == limit) {
        throw new SafetensorsException(
            file, name, "at most " + limit + " numbers in " + key, "more");
      }
      numbers.add(number(name, key));
    }
    return numbers;
  }

  private long number(String name, String key) throws IOException {
    try {
      long number = json.getLongValue();
      if (number >= 0) {
        return number;
      }
    } catch (InputCoercionException e) {
      // falls through: more than 63 bits
    }
    throw new SafetensorsException(
        file, name, "numbers from 0 to 2^63-1 in " + key, json.getText());
  }

  private void expect(JsonToken wanted, String tensor, String what) throws SafetensorsException {
    Json.expect(json, wanted, file, tensor, what);
  }
}
