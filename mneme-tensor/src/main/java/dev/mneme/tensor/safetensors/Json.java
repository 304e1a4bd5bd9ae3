package dev.mneme.tensor.safetensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** JSON from strangers: strict UTF-8, shallow, no endless numbers or names. */
final class Json {
  static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(16)
                  .maxNumberLength(32)
                  .maxNameLength(10_000)
                  .build())
          // Shared name tables grow with hostile input and are of no use to names that occur once.
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private Json() {}

  static JsonParser parser(byte[] utf8) throws IOException {
    // Through a reader, for Jackson would take UTF-16 and UTF-32 as well.
    return FACTORY.createParser(
        new InputStreamReader(
            new ByteArrayInputStream(utf8),
            StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)));
  }

  /** Fails unless the parser stands on {@code wanted}. */
  static void expect(JsonParser json, JsonToken wanted, Path file, String tensor, String what)
      throws SafetensorsException {
    if (json.currentToken() != wanted) {
      throw new SafetensorsException(file, tensor, what, found(json));
    }
  }

  /**
   * A string of the JSON text; an escape can smuggle in half a surrogate pair, which no other
   * reader takes.
   */
  static String wellFormed(String text, Path file) throws SafetensorsException {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new SafetensorsException(
          file, null, "names and metadata in valid Unicode", "half a surrogate pair");
    }
    return text;
  }

  static String found(JsonParser json) {
    return json.currentToken() == null ? "the end of the JSON text" : "JSON " + json.currentToken();
  }
}
