package dev.mneme.memory;

import dev.mneme.tensor.Scopes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A bank of named LoRAs and a router that picks one for each sample, or is told which. */
public final class RoutedMemory implements Memory {
  private final AdapterLayout layout;
  private final List<String> names;
  private final Adapters bank; // row k is the LoRA of names[k]
  private final Router router;

  /** Picks a LoRA. */
  @FunctionalInterface
  public interface Router {
    /**
     * The name of the LoRA for one sample.
     *
     * @param row a condition with a batch of 1
     */
    String route(Condition row);
  }

  /**
   * A memory of these LoRAs, copied into one bank.
   *
   * @param layout the places they are for
   * @param loras by name, each with a batch of 1 or {@link Adapters#none()}; ranks may differ; at
   *     least one has weights
   * @param router asked for each sample; must answer with a name of the bank
   */
  public RoutedMemory(AdapterLayout layout, Map<String, Adapters> loras, Router router) {
    this.layout = layout;
    this.router = router;
    this.names = List.copyOf(new LinkedHashMap<>(loras).keySet());
    loras.forEach(
        (name, lora) -> {
          layout.check(lora);
          if (lora.batch() != 1) {
            throw new AdapterMismatchException(
                "LoRA %s must be one sample's: expected a batch of 1, found %s"
                    .formatted(name, lora));
          }
        });
    this.bank =
        Scopes.call(
            () -> Adapters.stack(new ArrayList<>(loras.values())).detached().retain(),
            a -> List.of());
    if (bank.isEmpty()) {
      throw new IllegalArgumentException("A bank needs at least one LoRA with weights, found none");
    }
  }

  /** The names in the bank. */
  public List<String> names() {
    return names;
  }

  @Override
  public AdapterLayout layout() {
    return layout;
  }

  @Override
  public Adapters recall(Condition condition) {
    List<String> chosen = new ArrayList<>();
    Scopes.run(
        () -> {
          for (int i = 0; i < condition.batch(); i++) {
            chosen.add(router.route(condition.select(i)));
          }
        });
    return recall(chosen);
  }

  /**
   * The LoRAs of these names, one for each sample: recall by someone who knows the task.
   *
   * @throws IllegalArgumentException if the bank has no such name
   */
  public Adapters recall(List<String> chosen) {
    int[] rows = new int[chosen.size()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = names.indexOf(chosen.get(i));
      if (rows[i] < 0) {
        throw new IllegalArgumentException(
            "The bank has no LoRA named %s: expected one of %s".formatted(chosen.get(i), names));
      }
    }
    return bank.gather(rows);
  }
}
