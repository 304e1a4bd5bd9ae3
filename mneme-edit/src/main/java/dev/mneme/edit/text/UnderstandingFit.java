package dev.mneme.edit.text;

import dev.mneme.edit.text.TextStates.Encoder;
import dev.mneme.edit.text.Understanding.Example;
import dev.mneme.edit.text.Understanding.Judge;
import java.util.Arrays;
import java.util.List;

/** Fits what an {@link Understanding} holds for one encoder. */
final class UnderstandingFit {
  /**
   * Among all training sentences that are known, the share that may be missed, each judged by what
   * was learned from all others. Many of them are far-fetched on purpose ("crickets chirping, stars
   * above" for night); of what people usually say much less is missed.
   */
  private static final double MISSED = 0.046;

  /** Fewest fresh sentences, known and unknown, to draw the border by. */
  private static final int LEAST_EXAMPLES = 20;

  /** What all unknown sentences weigh together, as a share of the known ones. */
  private static final double UNKNOWN = 0.3;

  /** Most sentences of an encoder that are kept, of all that are learned from. */
  private static final int MOST = 16_000;

  /** What a sentence with two wishes weighs. */
  private static final double PAIR = 0.5;

  private UnderstandingFit() {}

  /**
   * Solves for one encoder's sentences.
   *
   * @throws IllegalArgumentException if there are too few fresh ones of either kind
   */
  static Judge of(
      Encoder encoder, List<Example> examples, List<String> tasks, SentenceReader reader) {
    requireEnough(encoder, examples);
    double known = examples.stream().filter(Example::known).count();
    double unknown = UNKNOWN * known / (examples.size() - known); // weight of each
    int outputs = tasks.size() + 1;
    float[] targets = new float[examples.size() * outputs];
    double[] importance = new double[examples.size()];
    for (int i = 0; i < examples.size(); i++) {
      Example example = examples.get(i);
      int row = i;
      example.tasks().forEach(t -> targets[at(row, outputs, tasks.indexOf(t))] = 1);
      targets[at(i, outputs, outputs - 1)] = example.known() ? 1 : -1;
      importance[i] = example.known() ? example.tasks().size() > 1 ? PAIR : 1 : unknown;
    }
    List<float[]> features = reader.read(examples.stream().map(Example::states).toList());
    LetterGrams.Script script = Understanding.script(encoder);
    List<String> texts = examples.stream().map(e -> script.normal(e.states().text())).toList();
    KernelRidgeFit fit =
        KernelRidgeFit.of(
            new KernelRidgeFit.Examples(features, script, texts, targets, importance), MOST);
    double[] scores = new double[examples.size()];
    int count = 0;
    for (int i = 0; i < examples.size(); i++) {
      if (examples.get(i).known() && examples.get(i).fresh()) {
        scores[count++] = fit.leftOut()[at(i, outputs, outputs - 1)];
      }
    }
    Arrays.sort(scores, 0, count);
    return new Judge(reader, fit.machine(), scores[(int) (MISSED * count)]);
  }

  private static void requireEnough(Encoder encoder, List<Example> examples) {
    long known = examples.stream().filter(Example::fresh).filter(Example::known).count();
    long unknown = examples.stream().filter(Example::fresh).count() - known;
    if (known < LEAST_EXAMPLES || unknown < LEAST_EXAMPLES) {
      throw new IllegalArgumentException(
          "Expected at least %d known and as many unknown sentences for %s, found %d and %d"
              .formatted(LEAST_EXAMPLES, encoder, known, unknown));
    }
  }

  private static int at(int row, int columns, int column) {
    return row * columns + column;
  }
}
