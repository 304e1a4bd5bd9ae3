package dev.mneme.edit.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mneme.edit.base.ModelException;
import dev.mneme.edit.picture.Picture;
import dev.mneme.memory.Adapters;
import dev.mneme.memory.peft.PeftAdapter;
import dev.mneme.tensor.AtomicFiles;
import dev.mneme.tensor.safetensors.SafetensorsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * One edit as a thing of its own: the sentence that asked for it and the weights that were written
 * for it. It can be saved, read by PEFT, applied to other pictures, and blended with others.
 */
public final class Operator implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String REQUEST = "mneme.json";

  private final Wishes wishes;
  private final Adapters adapters;
  private final Optional<Seen> seen;

  Operator(Wishes wishes, Adapters adapters, Optional<Seen> seen) {
    this.wishes = wishes;
    this.adapters = adapters;
    this.seen = seen;
  }

  /**
   * An operator and its share of a blend.
   *
   * @param weight what its weights are multiplied by, above 0
   */
  public record Part(Operator operator, double weight) {
    /**
     * @throws IllegalArgumentException if the weight is not above 0 and finite
     */
    public Part {
      if (!(weight > 0) || weight == Double.POSITIVE_INFINITY) {
        throw new IllegalArgumentException(
            "Expected a weight above 0 in a blend, found " + weight + "; leave the part out");
      }
    }
  }

  /**
   * Several edits at once: the base's weights change by the weighted sum of what each part changes
   * them by (ΔW = Σ w B A, the ranks concatenated).
   *
   * <p>The base reads the tokens of all parts' sentences, and as the sense of the whole their mean
   * by weight. Weights need not sum to one: they are strengths of their own, and only their
   * proportions matter to what is read.
   *
   * @param parts at least one; they stay the caller's to close
   * @throws dev.mneme.memory.AdapterMismatchException if they are for different editors
   */
  public static Operator blend(List<Part> parts) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("Expected at least one operator to blend, found none");
    }
    List<Wish> wishes = new ArrayList<>();
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      Adapters sum = Adapters.none();
      for (Part part : parts) {
        sum = sum.plus(part.operator().adapters.scaledBy(part.weight()));
        part.operator().wishes.all().forEach(wish -> wishes.add(wish.times(part.weight())));
      }
      return new Operator(new Wishes(wishes), sum.retain(), Optional.empty());
    }
  }

  /** What was asked for; of a blend its sentences with their weights. */
  public String sentence() {
    return wishes.describe();
  }

  /** The words that were read for it, where they are plainer ones than those it was asked in. */
  public Optional<String> said() {
    String asked = wishes.describe();
    return Optional.of(wishes.said()).filter(said -> !said.equals(asked));
  }

  Wishes wishes() {
    return wishes;
  }

  /** What a glance of this editor at this reduced picture would give, if it is still known. */
  Optional<Tensor> context(Editor editor, Picture whole) {
    return seen.filter(s -> s.serves(editor, whole)).map(Seen::context);
  }

  /** The weights, a batch of one. */
  public Adapters adapters() {
    return adapters;
  }

  /** Fingerprint of the weights. */
  public String digest() {
    return adapters.digest();
  }

  /** Writes a PEFT directory with the sentence beside it. */
  public void save(Path directory) throws IOException {
    PeftAdapter.write(directory, adapters);
    AtomicFiles.writeString(
        directory.resolve(REQUEST),
        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(wishes.toJson()) + "\n");
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @throws ModelException if a file is missing or is not what it should be
   * @throws IOException if the adapter is something other than plain LoRA
   * @throws dev.mneme.memory.AdapterMismatchException if the weights do not fit the editor
   */
  public static Operator load(Path directory, Editor editor) throws IOException {
    Path request = directory.resolve(REQUEST);
    for (String name : List.of(REQUEST, "adapter_config.json", "adapter_model.safetensors")) {
      if (!Files.isRegularFile(directory.resolve(name))) {
        throw new ModelException(
            ModelException.Kind.MISSING,
            directory.resolve(name),
            "a file of a saved adapter",
            "no such file",
            null);
      }
    }
    try {
      JsonNode json = JSON.readTree(request.toFile());
      Wishes wishes =
          Wishes.ofJson(json, editor::encode)
              .orElseThrow(
                  () ->
                      new ModelException(
                          ModelException.Kind.CORRUPT,
                          request,
                          "{\"sentence\": \"…\"} or {\"wishes\": [{\"sentence\": \"…\", \"weight\": …}, …]}, a weight above 0,"
                              + " a \"ceiling\", if there is one, above 0 and at most 1",
                          json.toString(),
                          null));
      Adapters adapters = PeftAdapter.read(directory, editor.layout());
      return new Operator(wishes, adapters, Optional.empty());
    } catch (JsonProcessingException e) {
      throw new ModelException(
          ModelException.Kind.CORRUPT, request, "a JSON object", e.getOriginalMessage(), e);
    } catch (SafetensorsException e) {
      throw new ModelException(
          ModelException.Kind.CORRUPT, directory, "readable weights", e.getMessage(), e);
    }
  }

  /** Frees the weights. */
  @Override
  public void close() {
    adapters.release();
    seen.ifPresent(s -> s.context().releaseReference());
  }
}
