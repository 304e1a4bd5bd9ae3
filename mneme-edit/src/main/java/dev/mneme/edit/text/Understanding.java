package dev.mneme.edit.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.edit.text.TextStates.Encoder;
import dev.mneme.tensor.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Tells sentences that ask for something an editor knows from those that ask for something else, or
 * for nothing. A linear judge for each encoder over features of the sentence as a whole; what is
 * known is what is like the sentences it was fitted to. Immutable and safe for any number of
 * threads.
 */
public final class Understanding {
  /** The file inside a model's folder. */
  public static final String FILE = "understanding.json";

  /** Least confidence of a sentence that counts as known. */
  public static final double LEAST = 0.5;

  private static final String TYPE = "mneme_understanding";
  private static final int FORMAT = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Among all training sentences that are known, the share that may be missed. Many of them are
   * far-fetched on purpose ("crickets chirping, stars above" for night); of what people usually say
   * much less is missed.
   */
  private static final double MISSED = 0.06;

  private static final double RIDGE = 3;

  /** Turns scores, which lie about -1 to 1, into confidences. */
  private static final double STEEPNESS = 6;

  private final Map<Encoder, double[]> weights;

  private Understanding(Map<Encoder, double[]> weights) {
    this.weights = new EnumMap<>(weights);
  }

  /**
   * What is thought of a sentence.
   *
   * @param confidence that it asks for something known, in [0, 1]
   */
  public record Verdict(double confidence) {
    /** Whether it counts as known. */
    public boolean known() {
      return confidence >= LEAST;
    }
  }

  /**
   * A sentence to learn from.
   *
   * @param states what its encoder says
   * @param known whether it asks for something the editor knows
   */
  public record Example(TextStates states, boolean known) {}

  /**
   * Learns from sentences of both encoders. The border is drawn where 6 % of the known ones would
   * be missed, each judged by what was learned from all others.
   *
   * @throws IllegalArgumentException if an encoder has not at least 20 of each kind
   */
  public static Understanding fit(List<Example> examples) {
    Map<Encoder, double[]> weights = new EnumMap<>(Encoder.class);
    for (Encoder encoder : Encoder.values()) {
      List<Example> own = examples.stream().filter(e -> e.states().encoder() == encoder).toList();
      long known = own.stream().filter(Example::known).count();
      if (known < 20 || own.size() - known < 20) {
        throw new IllegalArgumentException(
            "Expected at least 20 known and 20 unknown sentences for %s, found %d and %d"
                .formatted(encoder, known, own.size() - known));
      }
      weights.put(encoder, weights(own));
    }
    return new Understanding(weights);
  }

  private static double[] weights(List<Example> examples) {
    boolean[] known = new boolean[examples.size()];
    for (int i = 0; i < known.length; i++) {
      known[i] = examples.get(i).known();
    }
    LeastSquares solved =
        LeastSquares.fit(
            examples.stream().map(e -> SentenceFeatures.of(e.states())).toList(), known, RIDGE);
    double[] scores = new double[known.length];
    int count = 0;
    for (int i = 0; i < known.length; i++) {
      if (known[i]) {
        scores[count++] = solved.leftOut()[i];
      }
    }
    Arrays.sort(scores, 0, count);
    double[] weights = solved.weights();
    weights[weights.length - 1] -= scores[(int) (MISSED * count)]; // the border is at zero
    return weights;
  }

  /** What is thought of a sentence by its token states. */
  public Verdict judge(TextStates sentence) {
    double score = LeastSquares.dot(SentenceFeatures.of(sentence), weights.get(sentence.encoder()));
    return new Verdict(1 / (1 + Math.exp(-STEEPNESS * score)));
  }

  /** Writes {@value #FILE} into a folder, made if it is not there. */
  public void save(Path folder) throws IOException {
    ObjectNode json = JSON.createObjectNode();
    json.put("model_type", TYPE).put("format", FORMAT);
    for (Encoder encoder : Encoder.values()) {
      ArrayNode list = json.putArray(name(encoder));
      for (double weight : weights.get(encoder)) {
        list.add((float) weight);
      }
    }
    Files.createDirectories(folder);
    AtomicFiles.writeString(folder.resolve(FILE), JSON.writeValueAsString(json) + "\n");
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @throws java.nio.file.NoSuchFileException if there is no such file
   * @throws IOException if it is something else; the message says what was expected and found
   */
  public static Understanding load(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    JsonNode json = parse(file);
    int format = json.path("format").asInt(-1);
    if (!json.path("model_type").asText().equals(TYPE) || format != FORMAT) {
      throw new IOException(
          "%s: expected a %s of format %d, found '%s' of format %d. Fit it again with 'mneme understand --fit'"
              .formatted(file, TYPE, FORMAT, json.path("model_type").asText(), format));
    }
    Map<Encoder, double[]> weights = new EnumMap<>(Encoder.class);
    for (Encoder encoder : Encoder.values()) {
      JsonNode list = json.path(name(encoder));
      double[] values = new double[list.size()];
      boolean numbers = true;
      for (int i = 0; i < values.length; i++) {
        numbers &= list.get(i).isNumber();
        values[i] = list.get(i).asDouble();
      }
      if (!numbers || values.length != SentenceFeatures.count(encoder)) {
        throw new IOException(
            "%s: expected %d numbers under '%s', found %d values. Fit it again with 'mneme understand --fit'"
                .formatted(file, SentenceFeatures.count(encoder), name(encoder), values.length));
      }
      weights.put(encoder, values);
    }
    return new Understanding(weights);
  }

  private static JsonNode parse(Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    try {
      return JSON.readTree(content);
    } catch (JsonProcessingException e) {
      throw new IOException(
          "%s: expected a JSON object, found %s".formatted(file, e.getOriginalMessage()), e);
    }
  }

  private static String name(Encoder encoder) {
    return encoder.name().toLowerCase(Locale.ROOT);
  }
}
