package dev.mneme.cli.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mneme.tensor.safetensors.DType;
import dev.mneme.tensor.safetensors.TensorInfo;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TensorGroupTest {
  @Test
  void whatDiffersInNumbersOnlyIsOneGroup() {
    List<TensorInfo> infos = new ArrayList<>();
    infos.add(tensor("head", 3L));
    for (int layer = 0; layer < 12; layer++) {
      for (int expert = 0; expert < 4; expert++) {
        infos.add(tensor("layers." + layer + ".experts." + expert + ".w1", 2L, 5L));
      }
    }
    infos.add(tensor("layers.3.norm", 7L));
    infos.add(tensor("layers.5.norm", 7L));
    infos.add(tensor("layers.6.norm", 8L));

    List<TensorGroup> groups = TensorGroup.of(infos);

    assertEquals(
        List.of("head", "layers.{0..11}.experts.{0..3}.w1", "layers.{3,5}.norm", "layers.6.norm"),
        groups.stream().map(TensorGroup::name).toList());
    assertEquals(48, groups.get(1).tensors());
    assertEquals(480, groups.get(1).parameters());
    assertEquals(
        infos.stream().mapToLong(TensorInfo::elementCount).sum(),
        groups.stream().mapToLong(TensorGroup::parameters).sum());
  }

  @Test
  void scalarsEmptyTensorsAndHugeNumbers() {
    List<TensorGroup> groups =
        TensorGroup.of(List.of(tensor("scale"), tensor("none", 0L, 4L), tensor("x.99999999999")));
    assertEquals(1, groups.get(0).parameters());
    assertEquals(0, groups.get(1).parameters());
    assertEquals("x.99999999999", groups.get(2).name());
  }

  private static TensorInfo tensor(String name, Long... shape) {
    long size = 1;
    for (long s : shape) {
      size *= s;
    }
    return new TensorInfo(name, DType.F32, List.of(shape), 0, 4 * size);
  }
}
