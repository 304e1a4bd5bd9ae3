package dev.mneme.cli.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.edit.base.EditorConfig;
import dev.mneme.edit.base.EditorModel;
import dev.mneme.memory.AdapterLayout;
import dev.mneme.memory.AdapterSite;
import dev.mneme.memory.generator.GeneratorCheckpoint;
import dev.mneme.memory.generator.GeneratorConfig;
import dev.mneme.tensor.safetensors.TensorSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** What the configurations of generators, editors and adapters mean. */
final class ModelReports {
  private static final String LORA_A = ".lora_A.weight";

  private ModelReports() {}

  /** Checks the weights against the configuration too. */
  static void generator(Report report, Path folder, TensorSource source) throws IOException {
    GeneratorCheckpoint checkpoint = GeneratorCheckpoint.load(folder);
    checkpoint.weights().values().forEach(Tensor::releaseReference);
    GeneratorConfig c = checkpoint.config();
    AdapterLayout layout = c.layout();
    report
        .title(folder, "a parameter generator")
        .fact("reads", "conditions of width " + c.inputDim())
        .fact(
            "transformer",
            "%d blocks of width %d, %d heads of %d"
                .formatted(c.numPgLayers(), c.dModel(), c.heads(), c.headDim()))
        .fact("writes", "LoRA of rank %d, scale %s".formatted(c.rank(), c.scale()))
        .fact(
            "tokens of a layer",
            Report.text(
                "%,d = %,d for lora_A + %,d for lora_B, each %d x %d",
                c.tokensOfA() + c.tokensOfB(),
                c.tokensOfA(),
                c.tokensOfB(),
                c.rank(),
                c.tokenDim()))
        .fact(
            "values for each condition",
            Report.text("%,d over %,d layers", layout.valuesPerSample(), layout.layers()))
        .metadata(source)
        .table(sites(layout))
        .tensors(source);
  }

  static void editor(Report report, Path folder, TensorSource source) throws IOException {
    EditorConfig c = EditorModel.config(folder);
    report
        .title(folder, "a base editor, format " + EditorConfig.FORMAT)
        .fact("edits", "tiles of %d x %d pixels".formatted(c.tile(), c.tile()))
        .fact(
            "transformer",
            "%d blocks of width %d, %d heads of %d"
                .formatted(c.layers(), c.width(), c.heads(), c.headDim()))
        .fact("tokens of a tile", c.side() * c.side() + ", each " + c.patch() + " x " + c.patch())
        .metadata(source)
        .table(sites(c.layout(1)))
        .tensors(source);
  }

  static void adapter(Report report, Path folder, JsonNode config, TensorSource source)
      throws IOException {
    List<String> modules = new ArrayList<>();
    config.path("target_modules").forEach(module -> modules.add(module.asText()));
    report
        .title(
            folder, "a PEFT adapter (" + config.path("peft_type").asText("of no known type") + ")")
        .fact("rank", config.path("r"))
        .fact("alpha", config.path("lora_alpha"))
        .fact("target modules", String.join(", ", modules))
        .fact("sites", source.names().stream().filter(name -> name.endsWith(LORA_A)).count());
    Path request = folder.resolve("mneme.json");
    if (Files.exists(request)) {
      report.fact("sentence", Inspector.json(request).path("sentence").asText());
    }
    report.metadata(source).tensors(source);
  }

  private static Table sites(AdapterLayout layout) {
    Table table =
        new Table("adapted in each of " + layout.layers() + " layers", "in", "out", "experts");
    for (AdapterSite site : layout.sites()) {
      table.row(
          layout.prefix() + "*." + site.module(),
          site.in(),
          site.out(),
          site.experts() == 0 ? "" : site.experts());
    }
    return table;
  }
}
