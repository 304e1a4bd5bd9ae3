package dev.mneme.edit.object;

import dev.mneme.edit.text.TextStates;
import dev.mneme.learn.Batch;
import dev.mneme.tensor.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Scenes of one step, and names of all that is in them.
 *
 * @param scenes of one side
 * @param names of some objects, none twice
 * @param texts what the encoder says of each name
 */
record FinderBatch(List<ObjectScene> scenes, List<String> names, List<TextStates> texts)
    implements Batch {
  @Override
  public List<String> labels() {
    return scenes.stream().map(scene -> scene.objects().size() + " objects").toList();
  }

  /** [B, 3, side, side]. */
  Tensor pictures() {
    int side = scenes.get(0).picture().width();
    int size = 3 * side * side;
    float[] all = new float[size * scenes.size()];
    for (int i = 0; i < scenes.size(); i++) {
      System.arraycopy(scenes.get(i).picture().rgb(), 0, all, i * size, size);
    }
    return Tensors.fromFloats(all, scenes.size(), 3, side, side);
  }

  /**
   * What is right at each cell: 1 at the column of nothing, or at each column whose name an object
   * there is called.
   *
   * @param cells a side
   * @return [B, cells * cells, 1 + N]
   */
  Tensor right(int cells) {
    int columns = 1 + names.size();
    float[] all = new float[scenes.size() * cells * cells * columns];
    for (int b = 0; b < scenes.size(); b++) {
      ObjectScene scene = scenes.get(b);
      int[] at = nearest(scene, cells);
      for (int cell = 0; cell < at.length; cell++) {
        int row = (b * at.length + cell) * columns;
        if (at[cell] < 0) {
          all[row] = 1;
        } else {
          CutOut object = scene.objects().get(at[cell]);
          for (int n = 0; n < names.size(); n++) {
            all[row + 1 + n] = object.isCalled(names.get(n)) ? 1 : 0;
          }
        }
      }
    }
    return Tensors.fromFloats(all, scenes.size(), (long) cells * cells, columns);
  }

  /** Which object fills most of each cell, -1 for none. */
  private static int[] nearest(ObjectScene scene, int cells) {
    int side = scene.picture().width();
    int step = side / cells;
    int[] at = new int[cells * cells];
    for (int cell = 0; cell < at.length; cell++) {
      float most = 0.5f * step * step;
      at[cell] = -1;
      for (int o = 0; o < scene.objects().size(); o++) {
        float filled = 0;
        for (int i = 0; i < step * step; i++) {
          int y = cell / cells * step + i / step;
          filled += scene.shares().get(o)[y * side + cell % cells * step + i % step];
        }
        if (filled > most) {
          most = filled;
          at[cell] = o;
        }
      }
    }
    return at;
  }
}
