package dev.mneme.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class ConditionTest {
  private static final Tensor TWO_ROWS = Tensor.create(new float[] {1, 2, 3, 4, 5, 6}, 2, 3, 1);
  private static final Tensor MASK =
      Tensor.create(new boolean[] {true, true, false, true, false, false}, 2, 3);

  private static String messageOf(Runnable work) {
    return assertThrows(IllegalArgumentException.class, work::run).getMessage();
  }

  @Test
  void checksShapesAndTypes() {
    assertEquals(
        "Expected floating-point condition states [B, L, D] with at least one token, found Float [2, 3]",
        messageOf(() -> Condition.of(torch.zeros(2, 3))));
    assertEquals(
        "Expected floating-point condition states [B, L, D] with at least one token, found Float [2, 0, 3]",
        messageOf(() -> Condition.of(torch.zeros(2, 0, 3))));
    assertEquals(
        "Expected floating-point condition states [B, L, D] with at least one token, found Bool [2, 3, 1]",
        messageOf(() -> Condition.of(MASK.unsqueeze(2))));
    assertEquals(
        "Expected a Bool mask [2, 3] for states [2, 3, 1], found Float [2, 3]",
        messageOf(() -> new Condition(TWO_ROWS, torch.ones(2, 3))));
    assertEquals(
        "Expected at least one token in every row of the condition, found a row without any",
        messageOf(
            () -> new Condition(TWO_ROWS, MASK.logical_and(MASK.select(0, 0).logical_not()))));
    assertArrayEquals(new long[] {2, 3, 1}, Condition.of(TWO_ROWS.unsqueeze(1)).states().shape());
  }

  @Test
  void stackPadsAndMasksOnlyWhereNeeded() {
    Condition whole = Condition.of(TWO_ROWS);
    Condition shorter = Condition.of(Tensor.create(new float[] {7}, 1, 1, 1));

    Condition stacked = Condition.stack(List.of(whole, shorter));
    assertEquals(3, stacked.batch());
    assertEquals(3, stacked.length());
    assertEquals(1, stacked.width());
    assertArrayEquals(
        new float[] {1, 2, 3, 4, 5, 6, 7, 0, 0}, TestTensors.values(stacked.states()));
    assertArrayEquals(new float[] {1, 1, 1, 1, 1, 1, 1, 0, 0}, TestTensors.values(stacked.mask()));
    assertNull(Condition.stack(List.of(whole, whole)).mask());
    assertArrayEquals(
        new float[] {1, 1, 0, 1, 0, 0, 1, 1, 1, 1, 1, 1},
        TestTensors.values(Condition.stack(List.of(new Condition(TWO_ROWS, MASK), whole)).mask()));
    assertEquals(
        "Expected conditions of width 1 to stack, found 2",
        messageOf(() -> Condition.stack(List.of(whole, Condition.of(torch.ones(1, 1, 2))))));
    assertEquals(
        "Expected at least one condition to stack, found none",
        messageOf(() -> Condition.stack(List.of())));
  }

  @Test
  void selectTakesOneRow() {
    Condition second = new Condition(TWO_ROWS, MASK).select(1);
    assertArrayEquals(new float[] {4, 5, 6}, TestTensors.values(second.states()));
    assertArrayEquals(new float[] {1, 0, 0}, TestTensors.values(second.mask()));
    assertNull(Condition.of(TWO_ROWS).select(0).mask());
  }

  @Test
  void meanIsOverTheRowsThatHaveTheToken() {
    Condition mean = Condition.of(TWO_ROWS).meanOverBatch();
    assertArrayEquals(new float[] {2.5f, 3.5f, 4.5f}, TestTensors.values(mean.states()));
    assertEquals(1, mean.batch());

    Condition masked = new Condition(TWO_ROWS, MASK).meanOverBatch();
    assertArrayEquals(new float[] {2.5f, 2, 0}, TestTensors.values(masked.states()));
    assertArrayEquals(new float[] {1, 1, 0}, TestTensors.values(masked.mask()));
  }

  @Test
  void rotatedGivesEveryRowAnothersCondition() {
    Tensor states = Tensor.create(new float[] {0, 1, 2, 3, 4}, 5, 1, 1);
    assertArrayEquals(
        new float[] {2, 3, 4, 0, 1}, TestTensors.values(Condition.of(states).rotated(2).states()));
    Condition rotated = new Condition(TWO_ROWS, MASK).rotated(1);
    assertArrayEquals(new float[] {4, 5, 6, 1, 2, 3}, TestTensors.values(rotated.states()));
    assertArrayEquals(new float[] {1, 0, 0, 1, 1, 0}, TestTensors.values(rotated.mask()));
  }
}
