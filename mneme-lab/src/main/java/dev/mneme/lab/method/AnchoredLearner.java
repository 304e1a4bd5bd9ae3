package dev.mneme.lab.method;

import dev.mneme.edit.learn.EditBatch;
import dev.mneme.edit.learn.EditObjective;
import dev.mneme.lab.stats.Products;
import dev.mneme.learn.Batch;
import dev.mneme.learn.BatchSource;
import dev.mneme.learn.Learner;
import dev.mneme.learn.MemoryLearner;
import dev.mneme.memory.Adapters;
import dev.mneme.memory.Condition;
import dev.mneme.memory.LoraFactors;
import dev.mneme.memory.TrainableMemory;
import dev.mneme.tensor.Autocast;
import dev.mneme.tensor.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Teaches a memory something new while it is held to what it said before: the editing loss, plus
 * weight · mean of ‖ΔW − ΔW₀‖² / ‖ΔW₀‖² over a few kept conditions and all places, with the changes
 * ΔW = B A compared and not their factors. Each place counts alike: those with small changes, which
 * may do the most, would otherwise not be held at all. Learning without forgetting (Li and Hoiem,
 * arXiv 1606.09282) and hypernetworks held to their outputs (von Oswald et al., arXiv 1906.00695),
 * with the hypernetwork reading conditions instead of task names.
 *
 * @param memory what learns
 * @param objective editing
 * @param anchors what it said before
 * @param weight of holding on; 0 is naive learning
 */
public record AnchoredLearner(
    TrainableMemory memory, EditObjective objective, Anchors anchors, double weight)
    implements Learner<AnchoredLearner.Step> {
  private static final double LEAST = 1e-8;

  /**
   * A batch, and which anchors are held in this step.
   *
   * @param batch new examples
   * @param held indices of anchors
   */
  public record Step(EditBatch batch, List<Integer> held) implements Batch {
    @Override
    public List<String> labels() {
      return batch.labels();
    }
  }

  /** Batches with some anchors each, a function of the step's number. */
  public static BatchSource<Step> source(
      BatchSource<EditBatch> batches, int anchors, int held, long seed) {
    return step -> {
      SplittableRandom random = new SplittableRandom(seed * 1_000_003 + step);
      List<Integer> which = new ArrayList<>();
      for (int i = 0; i < held; i++) {
        which.add(random.nextInt(anchors));
      }
      return new Step(batches.batch(step), which);
    };
  }

  @Override
  public Map<String, Tensor> parameters() {
    return memory.parameters();
  }

  @Override
  public Tensor loss(Step step) {
    Tensor loss = new MemoryLearner<>(memory, objective).loss(step.batch());
    List<Condition> conditions = step.held().stream().map(anchors.conditions()::get).toList();
    List<Adapters> said = step.held().stream().map(anchors.said()::get).toList();
    Adapters now = memory.recall(Condition.stack(conditions));
    return loss.add(drift(now, Adapters.stack(said)).mul(new Scalar(weight)));
  }

  /** Mean over rows and places of the relative squared distance of changes, a scalar. */
  static Tensor drift(Adapters now, Adapters before) {
    // A small difference of large products would drown in bf16.
    try (Autocast off = Autocast.on(Precision.FP32)) {
      Tensor sum = null;
      for (String place : now.factors().keySet()) {
        Tensor one = drift(now.at(place), before.at(place));
        sum = sum == null ? one : sum.add(one);
      }
      return sum.div(new Scalar((double) now.factors().size()));
    }
  }

  /** At one place; adapters have one scale, which is in both halves of the fraction. */
  private static Tensor drift(LoraFactors now, LoraFactors before) {
    Tensor size = Products.inner(before, before);
    return Products.distance(now, before).div(size.clamp_min(new Scalar(LEAST))).mean();
  }
}
