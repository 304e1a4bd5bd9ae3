package dev.mneme.lab.experiment;

import dev.mneme.edit.base.Glance;
import dev.mneme.memory.AdapterLayout;
import dev.mneme.memory.Adapters;
import dev.mneme.memory.Condition;
import dev.mneme.memory.TrainableMemory;
import dev.mneme.tensor.Scopes;
import dev.mneme.tensor.Tensors;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * A memory that sees one token of the sentence and one of the picture, each a learned mix of its
 * mean before the first block and its mean after the last (a scalar mix, Peters et al., 2018), and
 * the gain that they learn in common. Beside it stands {@link PartialSight.Part#AFTER}, which sees
 * the last alone.
 *
 * @param memory sees the mixes in place of the last layer's means, and nothing else
 * @param shares [3], learned: logits of the first layer's share for sentence and picture, and the
 *     logarithm of the gain
 */
record LayerMix(TrainableMemory memory, Tensor shares) implements TrainableMemory {
  private static final String SHARES = "layer_mix.shares";

  /** Even shares of a gain of one, to learn from. */
  static LayerMix fresh(TrainableMemory memory) {
    Tensor shares = Tensors.fromFloats(new float[3], 3);
    shares.retainReference();
    shares.set_requires_grad(true);
    return new LayerMix(memory, shares);
  }

  @Override
  public AdapterLayout layout() {
    return memory.layout();
  }

  @Override
  public Map<String, Tensor> parameters() {
    Map<String, Tensor> all = new LinkedHashMap<>(memory.parameters());
    all.put(SHARES, shares);
    return all;
  }

  @Override
  public Adapters recall(Condition condition) {
    return Scopes.call(() -> memory.recall(mixed(condition)), Adapters::tensors);
  }

  /** Of condition [B, L + 18 + S, d] the two mixes, where {@link Glance} has the last means. */
  Condition mixed(Condition condition) {
    Condition last = new PartialSight(null, PartialSight.Part.AFTER).seen(condition);
    int statistics = Glance.statistics(condition.width());
    int sentence = condition.length() - PartialSight.PICTURE - 2 - statistics;
    Tensor states = condition.states();
    Tensor said = mean(states.narrow(1, 0, sentence), condition.mask(), sentence);
    Tensor seen =
        states
            .narrow(1, sentence, PartialSight.PICTURE)
            .mean(new long[] {1}, true, new ScalarTypeOptional());
    long after = sentence + (long) PartialSight.PICTURE;
    Tensor share = torch.sigmoid(shares.narrow(0, 0, 2)).view(1, 2, 1);
    Tensor before = torch.cat(new TensorVector(said, seen), 1); // [B, 2, d]
    Tensor mix = torch.lerp(states.narrow(1, after, 2), before, share);
    Tensor gain = shares.narrow(0, 2, 1).exp();
    Tensor rest = torch.cat(new TensorVector(states.narrow(1, 0, after), mix.mul(gain)), 1);
    Tensor end = states.narrow(1, after + 2, statistics);
    return new Condition(torch.cat(new TensorVector(rest, end), 1), last.mask());
  }

  /** [B, L, d] to [B, 1, d], over the tokens that are there. */
  private static Tensor mean(Tensor tokens, Tensor mask, int length) {
    if (mask == null) {
      return tokens.mean(new long[] {1}, true, new ScalarTypeOptional());
    }
    Tensor there = mask.narrow(1, 0, length).unsqueeze(2).to(torch.ScalarType.Float); // [B, L, 1]
    return tokens
        .mul(there)
        .sum(new long[] {1}, true, new ScalarTypeOptional())
        .div(there.sum(new long[] {1}, true, new ScalarTypeOptional()));
  }
}
