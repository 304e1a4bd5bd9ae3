package dev.mneme.edit.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

class RecentTest {
  @Test
  void whoWasAskedLeastLatelyGoes() {
    Recent<String, Integer> recent = new Recent<>(2);
    recent.put("one", 1);
    recent.put("two", 2);
    assertEquals(1, recent.get("one"));
    recent.put("three", 3);
    assertNull(recent.get("two"));
    assertEquals(1, recent.get("one"));
    assertEquals(3, recent.get("three"));
    assertEquals(2, recent.size());
  }

  @Test
  void noneAreKeptWhereNoneAreWanted() {
    Recent<String, Integer> none = new Recent<>(0);
    none.put("one", 1);
    assertEquals(0, none.size());
  }
}
