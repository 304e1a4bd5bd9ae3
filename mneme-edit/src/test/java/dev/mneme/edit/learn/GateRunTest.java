package dev.mneme.edit.learn;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.edit.TinyEditor;
import dev.mneme.edit.WordEncoder;
import dev.mneme.edit.base.EditorBase;
import dev.mneme.edit.task.EditTask.Learner;
import dev.mneme.edit.task.EditTasks;
import dev.mneme.memory.LinearGate;
import java.util.List;
import org.junit.jupiter.api.Test;

class GateRunTest {
  private final EditorBase base = TinyEditor.base(1);
  private final WordEncoder encoder = new WordEncoder();

  @Test
  void whatNeedsTheMemoryIsHardlyEverKeptFromIt() {
    LinearGate gate = GateRun.fit(base, encoder, said -> {});
    double own = closed(gate, Learner.BASE);
    double others = closed(gate, Learner.MEMORY);
    assertTrue(others <= 0.03, "kept from the memory: " + others);
    assertTrue(own > 5 * others && own > 0.02, "left to the base: " + own);
  }

  private double closed(LinearGate gate, Learner learner) {
    List<String> sentences = WishSentences.of(EditTasks.of(learner), Wording.ENGLISH_SEEN);
    return (double) GateRun.closed(gate, base, encoder, sentences).size() / sentences.size();
  }
}
