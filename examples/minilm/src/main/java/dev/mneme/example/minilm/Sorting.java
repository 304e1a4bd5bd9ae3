package dev.mneme.example.minilm;

import dev.mneme.learn.Batch;
import dev.mneme.learn.MemoryLearner;
import dev.mneme.learn.Objective;
import dev.mneme.learn.Trainer;
import dev.mneme.learn.TrainingConfig;
import dev.mneme.memory.Adapters;
import dev.mneme.memory.Condition;
import dev.mneme.memory.generator.FunctionalMemory;
import dev.mneme.memory.generator.GeneratorConfig;
import dev.mneme.tensor.Engine;
import dev.mneme.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Mail of side 1 shall lie nearer to the word "now" than to "later"; there is no head to train. */
record Sorting(MiniLm base) implements Objective<Sorting.Users> {
  private static final Scalar ZERO = new Scalar(0);

  /** Mail that users have sorted, and other mail of theirs. */
  record Users(Mail sorted, Mail mail, List<String> labels) implements Batch {
    static Users draw(List<Integer> rules, Random random, int first, int end) {
      List<Integer> few = Mail.shuffled(rules, random).subList(0, 8);
      Mail sorted = Mail.draw(few, random, first, end);
      Mail mail = Mail.draw(few, random, first, end);
      return new Users(sorted, mail, few.stream().map(Integer::toBinaryString).toList());
    }
  }

  /** Users whose sorted mail was read. */
  record Read(Sorting sorting, Mail mail, Condition condition) implements Posed {
    @Override
    public Tensor loss(Adapters adapters) {
      return torch.log_sigmoid(sorting.margins(mail, adapters)).neg().mean(1);
    }
  }

  /** The condition is the state of each sorted message, in one half or the other: [U, M, 2 d]. */
  @Override
  public Read pose(Users users) {
    Tensor states = base.forward(users.sorted().texts(), Mail.EACH, Adapters.none());
    Tensor side = torch.one_hot(sides(users.sorted()).gt(ZERO).to(torch.ScalarType.Long), 2);
    Tensor halves = states.unsqueeze(2).mul(side.unsqueeze(3)); // [U, M, 2, d]
    return new Read(this, users.mail(), Condition.of(halves.flatten(2, 3)));
  }

  /** Above 0 where a message is put on its side: [U, M]. */
  Tensor margins(Mail mail, Adapters adapters) {
    Tensor names = base.forward(List.of("now", "later"), 2, Adapters.none()); // [1, 2, d]
    Tensor states = base.forward(mail.texts(), Mail.EACH, adapters).unsqueeze(2);
    Tensor near = torch.cosine_similarity(states, names.unsqueeze(1), 3, 1e-8); // [U, M, 2]
    return near.select(2, 0).sub(near.select(2, 1)).mul(sides(mail)).mul(new Scalar(20));
  }

  private static Tensor sides(Mail mail) {
    return Tensors.fromFloats(mail.sides(), mail.sides().length).reshape(-1, Mail.EACH);
  }

  /** Trains in the folder that is the first argument, then prints a table. */
  public static void main(String[] args) throws IOException {
    List<Integer> halves = // every way to put six topics on either side
        IntStream.range(0, 1 << Mail.EACH).filter(r -> Integer.bitCount(r) == 6).boxed().toList();
    List<Integer> rules = Mail.shuffled(halves, new Random(1));
    Sorting sorting = new Sorting(MiniLm.load());
    var generator = GeneratorConfig.builder(sorting.base.layout(), 2 * MiniLm.WIDTH);
    FunctionalMemory memory = FunctionalMemory.fresh(generator.build(), 1);
    new Trainer(TrainingConfig.of(Path.of(args[0]), 150, 2e-3), Engine.start().precision().value())
        .run(
            new MemoryLearner<>(memory, sorting),
            step -> Users.draw(rules.subList(64, rules.size()), new Random(step), 0, 5),
            (step, steps, loss) -> System.out.printf("\r%d of %d, loss %.3f", step, steps, loss));
    double[] right = new double[3];
    for (int i = 0; i < 20; i++) {
      try (PointerScope scope = new PointerScope();
          NoGradGuard guard = new NoGradGuard()) {
        Read users = sorting.pose(Users.draw(rules.subList(0, 64), new Random(-1 - i), 5, 7));
        Adapters own = memory.recall(users.condition());
        Adapters other = memory.recall(users.condition().rotated(1));
        List<Adapters> all = List.of(Adapters.none(), other, own);
        for (int row = 0; row < right.length; row++) {
          Tensor hits = sorting.margins(users.mail(), all.get(row)).gt(ZERO);
          right[row] += hits.to(torch.ScalarType.Float).mean().item_double() / 20;
        }
      }
    }
    System.out.printf("%nsorted right%n  no memory      %5.3f%n", right[0]);
    System.out.printf("  another user's %5.3f%n  their own      %5.3f%n", right[1], right[2]);
  }
}
