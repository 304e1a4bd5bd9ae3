package dev.mneme.learn;

import dev.mneme.tensor.safetensors.Safetensors;
import dev.mneme.tensor.safetensors.SafetensorsException;
import dev.mneme.tensor.safetensors.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything a run needs to go on: parameters, moments and the step, in one safetensors file that
 * is replaced whole. The one before is kept, in case the newest is damaged.
 */
final class Checkpoint {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpoint.class);
  private static final String STEP = "step";
  private static final String UNREACHED = "unreached";

  private static final String NEWEST = "checkpoint.safetensors";
  private static final String PREVIOUS = "checkpoint.previous.safetensors";

  private final Path newest;
  private final Path previous;
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private final Optimizer optimizer;
  private final List<RunState> states;

  Checkpoint(Path directory, Map<String, Tensor> parameters, Optimizer optimizer)
      throws IOException {
    this(directory, parameters, optimizer, List.of());
  }

  Checkpoint(
      Path directory, Map<String, Tensor> parameters, Optimizer optimizer, List<RunState> states)
      throws IOException {
    Files.createDirectories(directory);
    this.newest = directory.resolve(NEWEST);
    this.previous = directory.resolve(PREVIOUS);
    this.optimizer = optimizer;
    this.states = List.copyOf(states);
    parameters.forEach((name, t) -> tensors.put(name, t.detach()));
    tensors.putAll(optimizer.state());
    states.forEach(state -> tensors.putAll(state.tensors()));
  }

  /** Whether a directory has one. */
  static boolean isIn(Path directory) {
    return Files.exists(directory.resolve(NEWEST)) || Files.exists(directory.resolve(PREVIOUS));
  }

  void save(long step) throws IOException {
    if (Files.exists(newest)) {
      Files.move(
          newest, previous, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
    String unreached = String.join(",", optimizer.unreached());
    Map<String, String> notes = new TreeMap<>();
    notes.put(STEP, Long.toString(step));
    notes.put(UNREACHED, unreached);
    states.forEach(state -> notes.putAll(state.notes()));
    Safetensors.write(newest, tensors, notes);
  }

  /**
   * Loads the newest readable checkpoint in place.
   *
   * @return the step to go on with, 0 where there is none
   * @throws IOException if checkpoints are there and none can be read
   */
  long resume() throws IOException {
    SafetensorsException damage = null;
    for (Path file : List.of(newest, previous)) {
      if (Files.exists(file)) {
        try {
          long step = load(file);
          if (damage != null) {
            Files.delete(newest); // or the next save would put it in the place of the good one
          }
          return step;
        } catch (SafetensorsException e) {
          LOG.warn("{}", e.getMessage());
          damage = e;
        }
      }
    }
    if (damage != null) {
      throw damage;
    }
    optimizer.clear();
    states.forEach(state -> state.resumed(Map.of()));
    return 0;
  }

  private long load(Path file) throws IOException {
    try (PointerScope scope = new PointerScope();
        SafetensorsFile source = SafetensorsFile.open(file)) {
      for (String name : source.names()) {
        if (!tensors.containsKey(name)) {
          throw new IOException(
              "%s is a checkpoint of another model: it has a tensor '%s', which this one has not. Train in an empty directory."
                  .formatted(file, name));
        }
      }
      for (Map.Entry<String, Tensor> e : tensors.entrySet()) {
        if (!source.names().contains(e.getKey())
            || !java.util.Arrays.equals(source.tensor(e.getKey()).shape(), e.getValue().shape())) {
          throw new IOException(
              "%s is a checkpoint of another model: expected tensor '%s' of shape %s. Train in an empty directory."
                  .formatted(file, e.getKey(), java.util.Arrays.toString(e.getValue().shape())));
        }
      }
      for (Map.Entry<String, Tensor> e : tensors.entrySet()) {
        e.getValue().copy_(source.tensor(e.getKey()));
      }
      states.forEach(state -> state.resumed(source.metadata()));
      optimizer.clear(Set.of(source.metadata().getOrDefault(UNREACHED, "").split(",")));
      return Long.parseLong(source.metadata().get(STEP));
    }
  }
}
