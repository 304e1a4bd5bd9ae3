package dev.mneme.edit.object;

import dev.mneme.edit.corpus.Corpus;
import dev.mneme.edit.text.TextEncoder;
import dev.mneme.edit.text.TextStates;
import dev.mneme.learn.Progress;
import dev.mneme.learn.Trainer;
import dev.mneme.learn.TrainingConfig;
import dev.mneme.tensor.Engine;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** The run that teaches a finder. */
public final class FinderRun {
  /** Where a finished run leaves its model, inside its directory. */
  public static final String MODEL = "model";

  private FinderRun() {}

  /**
   * Teaches a fresh finder, or goes on where a run in this directory stopped.
   *
   * @param training its directory, steps and rate
   * @param batch scenes a step
   * @param seed of weights and scenes
   * @param photos whose training part lies behind
   * @param objects whose training part is put there
   */
  public static void learn(
      TrainingConfig training,
      int batch,
      long seed,
      Corpus photos,
      CutOuts objects,
      TextEncoder encoder,
      Progress progress)
      throws IOException {
    var precision = Engine.start().precision().value();
    FinderConfig shape = FinderConfig.SHIPPED;
    FinderNet net = new FinderNet(shape, FinderWeights.fresh(shape, seed));
    FinderBatches batches =
        new FinderBatches(photos.train(), objects.train(), encoder, shape.side(), batch, seed);
    new Trainer(training, precision).run(new FinderLearner(net), batches, progress);
    List<TextStates> names =
        objects.train().stream()
            .flatMap(object -> Stream.of(object.english().get(0), object.chinese().get(0)))
            .map(encoder::encode)
            .toList();
    FinderModel.save(training.directory().resolve(MODEL), net, net.names(names));
  }
}
