package dev.mneme.edit.object;

import dev.mneme.learn.Learner;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Teaches a {@link FinderNet} which of a batch's names, or none, fits each cell: cross-entropy, of
 * which cells with and without objects have half each.
 */
record FinderLearner(FinderNet net) implements Learner<FinderBatch> {
  private static final double NEVER = -1e4;

  @Override
  public Map<String, Tensor> parameters() {
    return net.weights();
  }

  @Override
  public Tensor loss(FinderBatch batch) {
    Tensor logits = net.forward(batch.pictures(), net.names(batch.texts())); // [B, P, 1 + N]
    Tensor right = batch.right(net.config().cells());
    Tensor wrong = right.mul(new Scalar(-1)).add(new Scalar(1));
    Tensor fitting = torch.logsumexp(logits.add(wrong.mul(new Scalar(NEVER))), -1);
    Tensor cost = torch.logsumexp(logits, -1).sub(fitting); // [B, P]
    Tensor empty = right.select(2, 0);
    Tensor filled = empty.mul(new Scalar(-1)).add(new Scalar(1));
    return mean(cost, empty).add(mean(cost, filled));
  }

  /** The mean over cells that are chosen by 1, 0 where there are none: [B, P] to [B]. */
  private static Tensor mean(Tensor cost, Tensor chosen) {
    Tensor sum = cost.mul(chosen).sum(new long[] {1}, false, new ScalarTypeOptional());
    Tensor count = chosen.sum(new long[] {1}, false, new ScalarTypeOptional());
    return sum.div(count.clamp_min(new Scalar(1)));
  }
}
