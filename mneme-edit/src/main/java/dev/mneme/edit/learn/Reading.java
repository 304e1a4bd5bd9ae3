package dev.mneme.edit.learn;

import dev.mneme.edit.base.EditorBase;
import dev.mneme.edit.base.TextBatch;
import dev.mneme.edit.task.EditTask;
import dev.mneme.edit.text.TextEncoder;
import dev.mneme.edit.text.TextStates;
import dev.mneme.learn.BatchSource;
import dev.mneme.learn.Learner;
import dev.mneme.learn.Progress;
import dev.mneme.learn.Schedule;
import dev.mneme.learn.Trainer;
import dev.mneme.learn.TrainingConfig;
import dev.mneme.tensor.Precision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Teaches a base to tell training sentences apart before it edits anything: its projection of the
 * encoders' states learns to name the task, in seconds, through a classifier that is thrown away.
 * What a sentence means is then there to be used, in both languages alike, instead of being guessed
 * from pictures. No picture takes part, and nothing is learned of what a task does.
 */
final class Reading {
  /** Enough for all; a short run gets a short lesson. */
  private static final long STEPS = 2000;

  private static final long STEPS_OF_LESSON = 4; // for each of the run
  private static final int SIZE = 96;
  private static final String CLASSES = "classes";

  private Reading() {}

  /**
   * Trains the weights named {@code text.*} in place.
   *
   * @param directory of this lesson; one that is finished is read back
   * @param weights of a base, leaf tensors
   * @param tasks whose training sentences are read
   * @param run steps of the run that the lesson is for
   */
  static void learn(
      Path directory,
      Map<String, Tensor> weights,
      List<EditTask> tasks,
      TextEncoder encoder,
      long seed,
      long run,
      Progress progress)
      throws IOException {
    Map<String, Tensor> parameters = new LinkedHashMap<>();
    weights.forEach(
        (name, w) -> {
          if (name.startsWith("text.")) {
            parameters.put(name, w);
          }
        });
    long width = weights.get("text.norm.weight").size(0);
    Tensor classes = torch.zeros(tasks.size(), width).set_requires_grad(true);
    parameters.put(CLASSES, classes);
    Schedule schedule = new Schedule(Math.min(STEPS, STEPS_OF_LESSON * run), 50, 3e-3, 0.02);
    TrainingConfig config = new TrainingConfig(directory, schedule, 0.01, 1, 0, 500, 100);
    new Trainer(config, Precision.FP32)
        .run(new Lesson(parameters), new Sentences(tasks, encoder, seed), progress);
  }

  /**
   * Sentences and what they ask for.
   *
   * @param labels tasks by name
   * @param tasks tasks by number
   */
  private record Page(List<String> labels, List<TextStates> sentences, long[] tasks)
      implements dev.mneme.learn.Batch {}

  private record Sentences(List<EditTask> tasks, TextEncoder encoder, long seed)
      implements BatchSource<Page> {
    @Override
    public Page batch(long step) {
      Random random = new Random(EditBatches.mix(seed, step));
      List<String> labels = new ArrayList<>();
      List<TextStates> sentences = new ArrayList<>();
      long[] numbers = new long[SIZE];
      for (int i = 0; i < SIZE; i++) {
        numbers[i] = random.nextInt(tasks.size());
        EditTask task = tasks.get((int) numbers[i]);
        labels.add(task.name());
        TextStates states = encoder.encode(Wording.TRAIN.sentence(task, random));
        sentences.add(TextJitter.of(states, random));
      }
      return new Page(labels, sentences, numbers);
    }
  }

  private record Lesson(Map<String, Tensor> parameters) implements Learner<Page> {
    @Override
    public Tensor loss(Page page) {
      TextBatch text = TextBatch.of(page.sentences());
      Tensor sense = EditorBase.sense(text, parameters).squeeze(1); // [B, d]
      Tensor scores = torch.linear(sense, parameters.get(CLASSES)); // [B, tasks]
      Tensor wanted = torch.tensor(page.tasks()).unsqueeze(1);
      return torch.log_softmax(scores, 1).gather(1, wanted).squeeze(1).mul(new Scalar(-1.0));
    }
  }
}
