package dev.mneme.edit.text;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.mneme.edit.text.TextStates.Encoder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * One frozen encoder: its tokenizer and an ONNX Runtime session. Safe for concurrent use; each call
 * runs on the thread that makes it, so the same text always has the same bytes.
 */
final class OnnxTokenStates implements AutoCloseable {
  private static final String STATES = "last_hidden_state";
  private static final int MARKS = 2; // of both ends
  private static final String UNKNOWN = "[UNK]";

  private final Encoder encoder;
  private final HuggingFaceTokenizer tokenizer;
  private final OrtEnvironment environment;
  private final OrtSession session;

  /** Readers run the session, the writer frees it: a close waits for the calls under way. */
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  private boolean closed;

  private OnnxTokenStates(
      Encoder encoder,
      HuggingFaceTokenizer tokenizer,
      OrtEnvironment environment,
      OrtSession session) {
    this.encoder = encoder;
    this.tokenizer = tokenizer;
    this.environment = environment;
    this.session = session;
  }

  /**
   * Loads an encoder from the class path.
   *
   * @throws IllegalStateException if its files are not on the class path or ONNX Runtime refuses
   *     them
   */
  static OnnxTokenStates load(Encoder encoder) {
    HuggingFaceTokenizer tokenizer = EncoderFiles.tokenizer(encoder.bert(), false);
    try (InputStream model = EncoderFiles.model(encoder.bert());
        OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      options.addConfigEntry("session.inter_op.allow_spinning", "0");
      // Without it, processors that lack VNNI overflow in the 8-bit products and give other states.
      options.addConfigEntry("session.x64quantprecision", "1");
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      environment.setTelemetry(false);
      OrtSession session = environment.createSession(model.readAllBytes(), options);
      return new OnnxTokenStates(encoder, tokenizer, environment, session);
    } catch (OrtException | IOException | RuntimeException e) {
      tokenizer.close();
      throw new IllegalStateException(
          "Cannot load the text encoder " + encoder + ": " + e.getMessage(), e);
    }
  }

  /**
   * Reads one text.
   *
   * @param text ready for this encoder's tokenizer
   * @return states of its first tokens, the marks of both ends included; length 3 to {@link
   *     EncoderFiles#MAX_TOKENS}
   * @throws UnusableSentenceException if no word among these tokens is in the vocabulary
   * @throws IllegalStateException if this encoder is closed
   */
  TextStates encode(String text) {
    lock.readLock().lock();
    try {
      requireOpen();
      Encoding tokens = tokenizer.encode(text);
      requireKnownWord(tokens, text);
      return new TextStates(encoder, tokens.getIds().length, text, run(tokens));
    } catch (OrtException e) {
      throw new IllegalStateException(
          "The text encoder %s failed on %s".formatted(encoder, RoutedSentence.quoted(text)), e);
    } finally {
      lock.readLock().unlock();
    }
  }

  /**
   * Whether a word is one token of the vocabulary.
   *
   * @throws IllegalStateException if this encoder is closed
   */
  boolean knows(String word) {
    lock.readLock().lock();
    try {
      requireOpen();
      String[] tokens = tokenizer.encode(word).getTokens();
      return tokens.length == MARKS + 1 && !tokens[1].equals(UNKNOWN);
    } finally {
      lock.readLock().unlock();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException(
          "Expected an open text encoder, found " + encoder + " closed; make a new one");
    }
  }

  private float[] run(Encoding tokens) throws OrtException {
    try (OnnxTensor ids = row(tokens.getIds());
        OnnxTensor mask = row(tokens.getAttentionMask());
        OnnxTensor types = row(tokens.getTypeIds());
        OrtSession.Result result =
            session.run(
                Map.of("input_ids", ids, "attention_mask", mask, "token_type_ids", types),
                Set.of(STATES))) {
      FloatBuffer buffer = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] states = new float[buffer.remaining()];
      buffer.get(states);
      return states;
    }
  }

  private OnnxTensor row(long[] values) throws OrtException {
    return OnnxTensor.createTensor(
        environment, LongBuffer.wrap(values), new long[] {1, values.length});
  }

  private void requireKnownWord(Encoding encoding, String text) {
    String[] tokens = encoding.getTokens();
    long[] special = encoding.getSpecialTokenMask();
    for (int i = 0; i < tokens.length; i++) {
      if (special[i] == 0
          && !tokens[i].equals(UNKNOWN)
          && tokens[i].codePoints().anyMatch(Character::isLetter)) {
        return;
      }
    }
    throw new UnusableSentenceException(
        UnusableSentenceException.Kind.NO_KNOWN_WORD,
        "Expected a word that %s knows among the first %d tokens, found none in %s; use plainer words"
            .formatted(encoder, EncoderFiles.MAX_TOKENS, RoutedSentence.quoted(text)));
  }

  /** Frees the native memory once the calls under way are done. */
  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        tokenizer.close();
        session.close();
      }
    } catch (OrtException e) {
      throw new IllegalStateException("Cannot close the text encoder " + encoder, e);
    } finally {
      lock.writeLock().unlock();
    }
  }
}
