package dev.mneme.memory.peft;

import dev.mneme.memory.AdapterLayout;
import dev.mneme.memory.AdapterMismatchException;
import dev.mneme.memory.AdapterSite;
import dev.mneme.memory.Adapters;
import dev.mneme.memory.LoraFactors;
import dev.mneme.tensor.AtomicFiles;
import dev.mneme.tensor.Scopes;
import dev.mneme.tensor.safetensors.Safetensors;
import dev.mneme.tensor.safetensors.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A directory with {@code adapter_config.json} and {@code adapter_model.safetensors}.
 *
 * <p>PEFT knows no expert axis: the factors of expert e of a site {@code NAME.w1} are written as
 * those of a module {@code NAME.e.w1}.
 */
public final class PeftAdapter {
  private static final String CONFIG = "adapter_config.json";
  private static final String MODEL = "adapter_model.safetensors";
  private static final String KEY_PREFIX = "base_model.model.";

  private PeftAdapter() {}

  /** As {@link #write(Path, Adapters, ScalarType)}, in fp32. */
  public static void write(Path directory, Adapters adapters) throws IOException {
    write(directory, adapters, ScalarType.Float);
  }

  /**
   * Writes one sample's adapters. Where sites differ in rank the smaller ones are filled with
   * zeros, since PEFT has one rank; the scale is kept.
   *
   * @param directory made if it is not there
   * @param adapters a batch of 1
   * @param type of the numbers, such as {@code Half}
   * @throws AdapterMismatchException if there is not exactly one sample
   * @throws IOException if the disk refuses
   */
  public static void write(Path directory, Adapters adapters, ScalarType type) throws IOException {
    requireOne(adapters);
    write(directory, adapters, List.copyOf(adapters.factors().keySet()), type);
  }

  /**
   * As {@link #write(Path, Adapters)}, without the places where nothing is changed; for {@link
   * #readPart}.
   */
  public static void writePart(Path directory, Adapters adapters) throws IOException {
    requireOne(adapters);
    List<String> changed =
        adapters.factors().keySet().stream()
            .filter(key -> adapters.factors().get(key).b().abs().max().item_float() > 0)
            .toList();
    write(directory, adapters, changed, ScalarType.Float);
  }

  private static void requireOne(Adapters adapters) {
    if (adapters.isEmpty() || adapters.batch() != 1) {
      throw new AdapterMismatchException(
          "A PEFT directory holds one sample's weights: expected a batch of 1, found %s. Use Adapters.select first."
              .formatted(adapters));
    }
  }

  private static void write(Path directory, Adapters adapters, List<String> keys, ScalarType type)
      throws IOException {
    int rank = adapters.rank();
    Files.createDirectories(directory);
    Scopes.run(
        () -> {
          Map<String, Tensor> tensors = new LinkedHashMap<>();
          keys.forEach(key -> put(tensors, key, adapters.factors().get(key), rank, type));
          Safetensors.write(directory.resolve(MODEL), tensors, Map.of("format", "pt"));
        });
    List<AdapterSite> sites =
        Stream.concat(
                adapters.layout().sites().stream()
                    .filter(
                        site -> keys.stream().anyMatch(key -> key.endsWith("." + site.module()))),
                adapters.layout().optional().stream()
                    .filter(site -> keys.contains(adapters.layout().key(site))))
            .toList();
    AtomicFiles.writeString(
        directory.resolve(CONFIG), PeftConfig.write(rank, adapters.scale() * rank, modules(sites)));
  }

  /**
   * Reads a LoRA.
   *
   * @param layout the places its weights must fill
   * @return a batch of 1 in fp32, kept until released or collected
   * @throws AdapterMismatchException if a weight is missing, unknown or of another shape
   * @throws IOException if a file cannot be read or asks for something other than plain LoRA
   */
  public static Adapters read(Path directory, AdapterLayout layout) throws IOException {
    return read(directory, layout, false);
  }

  /**
   * As {@link #read}, of a LoRA that may be for some of the places only: at the others it changes
   * nothing.
   */
  public static Adapters readPart(Path directory, AdapterLayout layout) throws IOException {
    return read(directory, layout, true);
  }

  private static Adapters read(Path directory, AdapterLayout layout, boolean part)
      throws IOException {
    Path file = directory.resolve(CONFIG);
    double scale = PeftConfig.readScale(file, Files.readString(file));
    try (SafetensorsFile source = SafetensorsFile.open(directory.resolve(MODEL))) {
      Set<String> unread = new HashSet<>(source.names());
      Map<String, LoraFactors> factors = new LinkedHashMap<>();
      Scopes.run(
          () -> {
            for (int layer = 0; layer < layout.layers(); layer++) {
              for (AdapterSite site : layout.sites()) {
                String key = layout.key(layer, site);
                boolean left = part && !has(source, key, site);
                factors.put(key, left ? nothing(site) : get(source, unread, key, site));
              }
            }
            for (AdapterSite site : layout.optional()) {
              String key = layout.key(site);
              if (has(source, key, site)) {
                factors.put(key, get(source, unread, key, site));
              }
            }
          });
      if (!unread.isEmpty()) {
        throw new AdapterMismatchException(
            "%s: expected only weights of the layout %s, found also %s"
                .formatted(
                    directory, layout.describe(), unread.stream().sorted().findFirst().get()));
      }
      return Adapters.of(layout, factors, scale);
    }
  }

  private static void put(
      Map<String, Tensor> tensors, String key, LoraFactors f, int rank, ScalarType type) {
    long missing = rank - f.rank();
    Tensor a = torch.constant_pad_nd(f.a().squeeze(0).to(type), 0, 0, 0, missing);
    Tensor b = torch.constant_pad_nd(f.b().squeeze(0).to(type), 0, missing);
    if (f.experts() == 0) {
      tensors.put(name(key, "lora_A"), a);
      tensors.put(name(key, "lora_B"), b);
    }
    for (int e = 0; e < f.experts(); e++) {
      tensors.put(name(expert(key, e), "lora_A"), a.select(0, e));
      tensors.put(name(expert(key, e), "lora_B"), b.select(0, e));
    }
  }

  /** Whether there is anything for a place; if there is, all of it has to be. */
  private static boolean has(SafetensorsFile source, String key, AdapterSite site) {
    String module = site.experts() == 0 ? key : expert(key, 0);
    return source.names().contains(name(module, "lora_A"))
        || source.names().contains(name(module, "lora_B"));
  }

  private static LoraFactors nothing(AdapterSite site) {
    boolean dense = site.experts() == 0;
    Tensor a = dense ? torch.zeros(1, 1, site.in()) : torch.zeros(1, site.experts(), 1, site.in());
    Tensor b =
        dense ? torch.zeros(1, site.out(), 1) : torch.zeros(1, site.experts(), site.out(), 1);
    return new LoraFactors(a.retainReference(), b.retainReference());
  }

  private static LoraFactors get(
      SafetensorsFile source, Set<String> unread, String key, AdapterSite site) throws IOException {
    return new LoraFactors(
        get(source, unread, key, site, "lora_A"), get(source, unread, key, site, "lora_B"));
  }

  /** [1, r, in] or [1, E, r, in], kept beyond the scope. */
  private static Tensor get(
      SafetensorsFile source, Set<String> unread, String key, AdapterSite site, String part)
      throws IOException {
    TensorVector experts = new TensorVector();
    for (int e = 0; e < Math.max(1, site.experts()); e++) {
      String name = name(site.experts() == 0 ? key : expert(key, e), part);
      if (!unread.remove(name)) {
        throw new AdapterMismatchException(
            "Expected a tensor %s, found none among %d".formatted(name, source.names().size()));
      }
      experts.push_back(source.tensor(name).to(ScalarType.Float));
    }
    Tensor stacked = torch.stack(experts, 0); // a copy, so the file is not needed any more
    return (site.experts() == 0 ? stacked : stacked.unsqueeze(0)).retainReference();
  }

  private static List<String> modules(List<AdapterSite> sites) {
    List<String> modules = new ArrayList<>();
    for (AdapterSite site : sites) {
      if (site.experts() == 0) {
        modules.add(site.module());
      }
      for (int e = 0; e < site.experts(); e++) {
        modules.add(expert(site.module(), e));
      }
    }
    return modules;
  }

  private static String name(String key, String part) {
    return KEY_PREFIX + key + "." + part + ".weight";
  }

  private static String expert(String module, int e) {
    int dot = module.lastIndexOf('.');
    return module.substring(0, dot + 1) + e + "." + module.substring(dot + 1);
  }
}
