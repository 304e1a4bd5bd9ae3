package dev.mneme.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mneme.tensor.Engine;
import dev.mneme.tensor.Precision;
import dev.mneme.tensor.Tensors;
import dev.mneme.tensor.safetensors.SafetensorsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
  private static final String NEWEST = "checkpoint.safetensors";
  private static final String PREVIOUS = "checkpoint.previous.safetensors";

  @TempDir Path folder;

  /** Parameters with an optimizer and a checkpoint over them. */
  private final class Run {
    final Map<String, Tensor> parameters = new LinkedHashMap<>();
    final Optimizer optimizer;
    final Checkpoint checkpoint;

    Run(boolean muon, long rows, String... names) throws IOException {
      Engine.start();
      for (String name : names) {
        parameters.put(name, torch.zeros(rows, 3).set_requires_grad(true));
      }
      optimizer = new Optimizer(parameters, 0, muon ? 1 : 0, Precision.FP32);
      checkpoint = new Checkpoint(folder, parameters, optimizer);
    }

    /** Fills parameters and moments with a value. */
    void fill(double value) {
      parameters.values().forEach(p -> p.detach().fill_(new Scalar(value)));
      optimizer.state().values().forEach(t -> t.fill_(new Scalar(value + 0.5)));
    }

    void requireFilled(double value) {
      parameters.forEach((name, p) -> assertFilled(value, p));
      optimizer.state().forEach((name, t) -> assertFilled(value + 0.5, t));
    }

    private void assertFilled(double value, Tensor found) {
      float[] expected = new float[(int) found.numel()];
      Arrays.fill(expected, (float) value);
      assertArrayEquals(expected, Tensors.toFloats(found));
    }
  }

  private Run run() throws IOException {
    return new Run(true, 2, "blocks.0.weight", "head.weight");
  }

  private void saved(double... values) throws IOException {
    Run run = run();
    for (int i = 0; i < values.length; i++) {
      run.fill(values[i]);
      run.checkpoint.save(10L * (i + 1));
    }
  }

  @Test
  void startsAtZeroWhereNothingIs() throws IOException {
    assertEquals(0, run().checkpoint.resume());
  }

  @Test
  void givesBackParametersAndMomentsOfTheNewest() throws IOException {
    saved(1, 2, 3);
    Run run = run();
    assertEquals(30, run.checkpoint.resume());
    run.requireFilled(3);
  }

  @Test
  void aKillBetweenRenameAndWriteLeavesThePreviousOne() throws IOException {
    saved(1, 2);
    Files.move(
        folder.resolve(NEWEST),
        folder.resolve(PREVIOUS),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    Run run = run();
    assertEquals(20, run.checkpoint.resume());
    run.requireFilled(2);
    run.fill(3);
    run.checkpoint.save(30);
    assertEquals(30, run().checkpoint.resume());
  }

  @Test
  void aDamagedNewestFallsBackToThePrevious() throws IOException {
    saved(1, 2);
    for (int keep : new int[] {0, 4, 40, -1}) {
      byte[] whole = Files.readAllBytes(folder.resolve(PREVIOUS));
      Files.write(folder.resolve(NEWEST), Arrays.copyOf(whole, keep < 0 ? whole.length - 1 : keep));
      Run run = run();
      assertEquals(10, run.checkpoint.resume(), "after " + keep + " bytes");
      run.requireFilled(1);
    }
  }

  @Test
  void aDamagedNewestNeverTakesTheGoodOnesPlace() throws IOException {
    saved(1, 2);
    Files.writeString(folder.resolve(NEWEST), "damaged");
    Run run = run();
    run.checkpoint.resume();
    run.fill(3);
    run.checkpoint.save(30);
    Files.delete(folder.resolve(NEWEST)); // as if killed before it was written
    Run next = run();
    assertEquals(10, next.checkpoint.resume());
    next.requireFilled(1);
  }

  @Test
  void twoDamagedOnesAreAnErrorThatNamesAFile() throws IOException {
    saved(1, 2);
    Files.writeString(folder.resolve(NEWEST), "damaged");
    Files.writeString(folder.resolve(PREVIOUS), "damaged");
    SafetensorsException e =
        assertThrows(SafetensorsException.class, () -> run().checkpoint.resume());
    assertTrue(e.getMessage().contains("checkpoint"), e.getMessage());
    assertTrue(Files.exists(folder.resolve(NEWEST)), "nothing is thrown away");
  }

  @Test
  void anotherModelsIsAClearError() throws IOException {
    saved(1, 2);
    requireOther(new Run(true, 3, "blocks.0.weight", "head.weight"), "blocks.0.weight", "[3, 3]");
    requireOther(new Run(true, 2, "blocks.0.weight", "tail.weight"), "head.weight");
    requireOther(new Run(true, 2, "blocks.0.weight"), "head.weight");
    requireOther(
        new Run(true, 2, "blocks.0.weight", "head.weight", "tail.weight"), "tail.weight", "[2, 3]");
  }

  @Test
  void anotherOptimizersIsAClearError() throws IOException {
    saved(1, 2);
    requireOther(
        new Run(false, 2, "blocks.0.weight", "head.weight"), "moment.second.blocks.0.weight");
    new Run(false, 2, "blocks.0.weight", "head.weight").checkpoint.save(30);
    requireOther(run(), "moment.second.blocks.0.weight");
  }

  private void requireOther(Run run, String... said) {
    run.fill(7);
    IOException e = assertThrows(IOException.class, run.checkpoint::resume);
    assertTrue(e.getMessage().contains("another model"), e.getMessage());
    assertTrue(e.getMessage().contains("empty directory"), e.getMessage());
    for (String s : said) {
      assertTrue(e.getMessage().contains(s), e.getMessage());
    }
    run.requireFilled(7);
    assertTrue(Files.exists(folder.resolve(NEWEST)));
    assertTrue(Files.exists(folder.resolve(PREVIOUS)));
  }

  @Test
  void remembersWhichParametersWereReached() throws IOException {
    Run run = run();
    run.parameters.get("head.weight").sum().backward();
    run.checkpoint.save(10);
    assertEquals(Set.of("blocks.0.weight"), run.optimizer.unreached());
    Run next = run();
    next.checkpoint.resume();
    assertEquals(Set.of("blocks.0.weight"), next.optimizer.unreached());
    assertFalse(next.parameters.get("head.weight").grad().any().item_bool());
  }
}
