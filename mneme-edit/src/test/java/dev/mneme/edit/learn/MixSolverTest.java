package dev.mneme.edit.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mneme.edit.TinyEditor;
import dev.mneme.edit.WordEncoder;
import dev.mneme.edit.base.EditorBase;
import dev.mneme.edit.corpus.Photo;
import dev.mneme.edit.task.EditTasks;
import dev.mneme.learn.Progress;
import dev.mneme.memory.Adapters;
import dev.mneme.memory.NoMemory;
import dev.mneme.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MixSolverTest {
  @TempDir Path folder;

  /** Of each pixel one, and the mean of the whole tile, which is another where the tile ends. */
  private static Tensor oneAndFar(Tensor sources, Tensor edited) {
    Tensor one = torch.ones_like(sources.narrow(1, 0, 1));
    Tensor far = sources.mean(new long[] {1, 2, 3}).view(-1, 1, 1, 1).expand_as(one);
    return torch.cat(new TensorVector(one, far), 1);
  }

  private static double mean(float[] rgb, int side, int border) {
    double sum = 0;
    for (int i = 0; i < rgb.length; i++) {
      int y = i / side % side;
      int x = i % side;
      int inY = Math.max(border, Math.min(side - 1 - border, y));
      int inX = Math.max(border, Math.min(side - 1 - border, x));
      sum += rgb[i + (inY - y) * side + inX - x];
    }
    return sum / rgb.length;
  }

  @Test
  void whatDependsOnWhereATileEndsCosts() throws IOException {
    EditorBase base = TinyEditor.base(1);
    int side = base.config().tile();
    List<Photo> photos = TinyEditor.photographs(folder, 3).train();
    ExampleMaker maker = new ExampleMaker(Wording.PLAIN, new WordEncoder(), side, 0);
    EditBatches source = new EditBatches(photos, List.of(EditTasks.named("blur")), maker, 1, 5);
    MixSolver solver =
        new MixSolver(base, new NoMemory(base.layout()), Adapters.none(), MixSolverTest::oneAndFar);
    MixSystem system = solver.look(source, 1, Progress.NONE);
    double pixels = side * side;
    double one = system.second().get(0).get(0).item_double(); // times what the picture counts
    double far = system.second().get(1).get(1).item_double() / one * pixels;
    float[] rgb = Tensors.toFloats(source.batch(0).sources());
    double whole = mean(rgb, side, 0);
    double apart = whole - mean(rgb, side, side / 8);
    double inner = Math.pow(side - 2 * (side / 8 + side / 32), 2);
    assertEquals(pixels * whole * whole + 100 * inner * apart * apart, far, 1e-3 * far);
    assertEquals(whole * pixels, system.second().get(0).get(1).item_double() / one * pixels, 0.1);
  }
}
