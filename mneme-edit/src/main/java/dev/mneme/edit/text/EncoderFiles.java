package dev.mneme.edit.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** Finds the files of the encoders on the class path. */
final class EncoderFiles {
  /** Most tokens of a sentence, the two that mark its ends included; what follows is cut. */
  static final int MAX_TOKENS = 32;

  private EncoderFiles() {}

  /**
   * Opens a model's ONNX file.
   *
   * @throws IllegalStateException if it is not on the class path
   */
  static InputStream model(Bert bert) {
    return open(bert.file() + ".onnx");
  }

  /**
   * Loads a model's tokenizer.
   *
   * @param padded whether texts of a batch are filled up to the longest
   * @throws IllegalStateException if it is not on the class path or cannot be loaded
   */
  static HuggingFaceTokenizer tokenizer(Bert bert, boolean padded) {
    // Off line, the tokenizer library takes its native code from its jar and reports its use to
    // nobody; a choice the
    // application made is left alone.
    if (System.getProperty("ai.djl.offline") == null) {
      System.setProperty("ai.djl.offline", "true");
    }
    // The files may ask for padding to 128 tokens and truncation there: both are set anew.
    Map<String, String> options =
        Map.of(
            "padding",
            Boolean.toString(padded),
            "truncation",
            "true",
            "maxLength",
            Integer.toString(MAX_TOKENS));
    String file = bert.file() + "-tokenizer.json";
    try (InputStream json = open(file)) {
      return HuggingFaceTokenizer.newInstance(json, options);
    } catch (IOException | RuntimeException e) {
      throw new IllegalStateException(
          "Cannot load the tokenizer "
              + file
              + ": "
              + e.getMessage()
              + "; it runs on Linux x86_64 and aarch64, macOS aarch64 and Windows x86_64, and needs a writable home or"
              + " temporary folder, or DJL_CACHE_DIR",
          e);
    }
  }

  private static InputStream open(String file) {
    InputStream in = EncoderFiles.class.getResourceAsStream(file);
    if (in == null) {
      throw new IllegalStateException(
          "Expected %s on the class path, found nothing; add the dependency that holds the text encoder"
              .formatted(file));
    }
    return in;
  }
}
