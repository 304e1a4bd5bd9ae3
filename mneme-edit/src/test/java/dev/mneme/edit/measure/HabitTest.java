package dev.mneme.edit.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class HabitTest {
  @Test
  void capitalsAndTyposAreOfLetters() {
    assertEquals(Optional.of("MAKE IT 10% WARMER!"), Habit.CAPITALS.of("make it 10% warmer!"));
    assertEquals(Optional.of("make it wamrer!"), Habit.TYPO.of("make it warmer!"));
    assertEquals(Optional.empty(), Habit.TYPO.of("b/w it"));
    assertEquals(Optional.empty(), Habit.TYPO.of("让它更暖"));
    assertEquals(Optional.empty(), Habit.CAPITALS.of("做成HDR"));
  }

  @Test
  void politenessStandsAroundTheWish() {
    assertEquals(Optional.of("could you please warm it, thank you"), Habit.POLITE.of("warm it"));
    assertEquals(Optional.of("麻烦让它更暖，谢谢"), Habit.POLITE.of("让它更暖"));
  }
}
