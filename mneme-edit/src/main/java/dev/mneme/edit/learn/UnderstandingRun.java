package dev.mneme.edit.learn;

import dev.mneme.edit.text.TextEncoder;
import dev.mneme.edit.text.Understanding;
import dev.mneme.edit.text.Understanding.Example;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Fits an {@link Understanding} to all training sentences; the same every time. */
public final class UnderstandingRun {
  private UnderstandingRun() {}

  /**
   * Encodes every sentence once, and fits.
   *
   * @param progress told what is done
   */
  public static Understanding fit(TextEncoder encoder, Consumer<String> progress) {
    List<Example> examples = new ArrayList<>();
    for (Wording wording : List.of(Wording.ENGLISH_SEEN, Wording.CHINESE_SEEN)) {
      progress.accept("encoding, " + wording);
      add(examples, encoder, WishSentences.known(wording), true);
      add(examples, encoder, WishSentences.knownPairs(wording), true);
      add(examples, encoder, WishSentences.unknown(wording), false);
    }
    progress.accept("fitting to " + examples.size() + " sentences");
    return Understanding.fit(examples);
  }

  private static void add(
      List<Example> to, TextEncoder encoder, List<String> sentences, boolean known) {
    sentences.forEach(sentence -> to.add(new Example(encoder.encode(sentence), known)));
  }
}
