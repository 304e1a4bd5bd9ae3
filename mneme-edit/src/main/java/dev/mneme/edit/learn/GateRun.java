package dev.mneme.edit.learn;

import dev.mneme.edit.base.EditorBase;
import dev.mneme.edit.base.TextBatch;
import dev.mneme.edit.task.EditTask;
import dev.mneme.edit.task.EditTasks;
import dev.mneme.edit.text.LeastSquares;
import dev.mneme.edit.text.TextEncoder;
import dev.mneme.edit.text.TextStates;
import dev.mneme.memory.Condition;
import dev.mneme.memory.LinearGate;
import dev.mneme.tensor.Scopes;
import dev.mneme.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.bytedeco.pytorch.NoGradGuard;

/**
 * Fits the gate of a memory: closed for sentences that ask for one thing the base does alone, open
 * for all others, two wishes in one sentence among them. The same every time.
 */
public final class GateRun {
  /**
   * Among sentences that need the memory, the share it may be kept from, each judged by what was
   * learned from all others. A base's own wish that reaches the memory costs little, the contrary
   * the whole edit.
   */
  private static final double KEPT_OUT = 0.003;

  private static final double RIDGE = 3;
  private static final int BATCH = 64;

  private GateRun() {}

  /**
   * @param base whose tokens the gate will read
   * @param progress told what is done
   */
  public static LinearGate fit(EditorBase base, TextEncoder encoder, Consumer<String> progress) {
    List<String> closed = new ArrayList<>();
    List<String> open = new ArrayList<>();
    for (Wording wording : List.of(Wording.ENGLISH_SEEN, Wording.CHINESE_SEEN)) {
      closed.addAll(WishSentences.of(EditTasks.of(EditTask.Learner.BASE), wording));
      open.addAll(WishSentences.of(EditTasks.of(EditTask.Learner.MEMORY), wording));
      open.addAll(WishSentences.of(EditTasks.of(EditTask.Learner.LATER), wording));
      open.addAll(WishSentences.knownPairs(wording));
    }
    progress.accept("reading %d sentences".formatted(closed.size() + open.size()));
    List<double[]> features = new ArrayList<>(features(base, encoder, closed));
    features.addAll(features(base, encoder, open));
    boolean[] needed = new boolean[features.size()];
    Arrays.fill(needed, closed.size(), needed.length, true);
    LeastSquares solved = LeastSquares.fit(features, needed, RIDGE);
    double[] scores = Arrays.copyOfRange(solved.leftOut(), closed.size(), needed.length);
    Arrays.sort(scores);
    double border = Math.min(0, scores[(int) (KEPT_OUT * scores.length)]);
    double[] weights = solved.weights();
    List<Float> kept = new ArrayList<>();
    for (int i = 0; i < weights.length - 1; i++) {
      kept.add((float) weights[i]);
    }
    return new LinearGate(kept, (float) (weights[weights.length - 1] - border));
  }

  /** Those of the sentences for which the gate is closed. */
  public static List<String> closed(
      LinearGate gate, EditorBase base, TextEncoder encoder, List<String> sentences) {
    List<String> closed = new ArrayList<>();
    try (NoGradGuard guard = new NoGradGuard()) {
      for (String sentence : sentences) {
        TextBatch text = TextBatch.of(List.of(encoder.encode(sentence)));
        Scopes.run(
            () -> {
              if (!gate.open(Condition.of(base.meaning(text).unsqueeze(1)))[0]) {
                closed.add(sentence);
              }
            });
      }
    }
    return closed;
  }

  private static List<double[]> features(
      EditorBase base, TextEncoder encoder, List<String> sentences) {
    List<double[]> all = new ArrayList<>();
    for (int first = 0; first < sentences.size(); first += BATCH) {
      List<TextStates> part =
          sentences.subList(first, Math.min(first + BATCH, sentences.size())).stream()
              .map(encoder::encode)
              .toList();
      float[] tokens = tokens(base, part);
      int width = tokens.length / part.size();
      for (int row = 0; row < part.size(); row++) {
        double[] features = new double[width + 1];
        for (int i = 0; i < width; i++) {
          features[i] = tokens[row * width + i];
        }
        features[width] = 1;
        all.add(features);
      }
    }
    return all;
  }

  private static float[] tokens(EditorBase base, List<TextStates> sentences) {
    try (NoGradGuard guard = new NoGradGuard()) {
      return Scopes.call(
          () -> Tensors.toFloats(base.meaning(TextBatch.of(sentences))), t -> List.of());
    }
  }
}
