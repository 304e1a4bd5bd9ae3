package dev.mneme.cli.inspect;

import dev.mneme.tensor.safetensors.DType;
import dev.mneme.tensor.safetensors.TensorInfo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Tensors of one type and shape whose names differ in numbers only, such as {@code
 * blocks.{0..4}.norm.weight}.
 *
 * @param name with ranges for the numbers
 * @param tensors how many there are
 */
record TensorGroup(String name, DType dtype, List<Long> shape, int tensors) {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
  private static final int LISTED = 8;

  /** Groups in the order in which each first appears. */
  static List<TensorGroup> of(Collection<TensorInfo> infos) {
    Map<List<Object>, List<String[]>> alike = new LinkedHashMap<>();
    for (TensorInfo info : infos) {
      String[] parts = info.name().split("\\.", -1);
      List<Object> key = new ArrayList<>(List.of(info.dtype(), info.shape()));
      for (String part : parts) {
        key.add(NUMBER.matcher(part).matches() ? "{}" : part);
      }
      alike.computeIfAbsent(key, k -> new ArrayList<>()).add(parts);
    }
    List<TensorGroup> groups = new ArrayList<>();
    alike.forEach(
        (key, names) -> {
          @SuppressWarnings("unchecked") // as put above
          List<Long> shape = (List<Long>) key.get(1);
          groups.add(new TensorGroup(joined(names), (DType) key.get(0), shape, names.size()));
        });
    return groups;
  }

  /** Values of one tensor. */
  long size() {
    return shape.stream().reduce(1L, (a, b) -> a * b);
  }

  /** Values of all of them. */
  long parameters() {
    return tensors * size();
  }

  private static String joined(List<String[]> names) {
    String[] first = names.get(0);
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < first.length; i++) {
      int part = i;
      name.append(i == 0 ? "" : ".");
      if (NUMBER.matcher(first[i]).matches()) {
        SortedSet<Integer> numbers = new TreeSet<>();
        names.forEach(parts -> numbers.add(Integer.valueOf(parts[part])));
        name.append(range(numbers));
      } else {
        name.append(first[i]);
      }
    }
    return name.toString();
  }

  private static String range(SortedSet<Integer> numbers) {
    int low = numbers.first();
    int high = numbers.last();
    if (low == high) {
      return Integer.toString(low);
    }
    if (high - low + 1 == numbers.size() || numbers.size() > LISTED) {
      return "{" + low + ".." + high + "}";
    }
    return numbers.toString().replace('[', '{').replace(']', '}').replace(" ", "");
  }
}
