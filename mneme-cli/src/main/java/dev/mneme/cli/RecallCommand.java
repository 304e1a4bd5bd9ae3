package dev.mneme.cli;

import dev.mneme.edit.picture.PictureReader;
import dev.mneme.edit.picture.RasterImage;
import dev.mneme.edit.pipeline.ExamplePair;
import dev.mneme.edit.pipeline.Operator;
import dev.mneme.edit.words.Asked;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mneme recall}: weights for a photo and a sentence, or for conditions from elsewhere. */
@Command(
    name = "recall",
    description = {
      "Writes the weights for a request, and edits nothing.",
      "",
      "With a photo and a sentence: the operator of this edit, as a folder that 'mneme apply' and"
          + " PEFT read.",
      "",
      "With --example: the operator that pairs of photos show.",
      "",
      "With --generator and --condition: every tensor that a parameter generator writes for"
          + " conditions that come from elsewhere. The condition file holds a tensor 'condition'"
          + " [B, L, D] or [B, 1, L, D]. The result holds {prefix}{layer}.{module}.lora_A and"
          + " .lora_B with a leading axis B, and a scalar 'scale'."
    },
    footer = {
      "",
      "Examples:",
      "  mneme recall photo.jpg \"like old film\" --out film",
      "  mneme recall --example before.jpg after.jpg --out my_look",
      "  mneme recall --generator models/memory --condition c.safetensors \\",
      "               --out lora.safetensors"
    })
final class RecallCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "PHOTO SENTENCE",
      hideParamSyntax = true,
      description = "A photo, and what to do with it, in English or Chinese.")
  private List<String> arguments = List.of();

  @Option(
      names = "--generator",
      paramLabel = "DIR",
      description = "Folder with config.json and model.safetensors, or shards.")
  private Path generator;

  @Option(
      names = "--condition",
      paramLabel = "FILE",
      description = "Safetensors file with the tensor 'condition'.")
  private Path conditionFile;

  @Option(
      names = "--out",
      paramLabel = "DIR|FILE",
      required = true,
      description = "Folder for an operator; safetensors file for a generator's tensors.")
  private Path out;

  @Mixin private ExampleOption examples;

  @Option(
      names = "--models",
      paramLabel = "DIR",
      description = "Folder with the models 'editor' and 'memory'. Without it those of Mneme.")
  private Path models;

  @Option(
      names = "--force",
      description = "Try it, though nothing in the sentence is known. Without it that is an error.")
  private boolean force;

  @Override
  public Integer call() throws IOException {
    Arguments given = new Arguments(arguments, spec);
    boolean elsewhere = generator != null || conditionFile != null;
    if (elsewhere && !arguments.isEmpty()) {
      throw given.misuse(
          "Expected a photo and a sentence, or --generator and --condition, found '%s' beside %s."
              .formatted(arguments.get(0), generator != null ? "--generator" : "--condition"));
    }
    if (examples.given() && !arguments.isEmpty()) {
      throw given.misuse(
          "Expected a photo and a sentence, or --example, found '%s' beside --example."
              .formatted(arguments.get(0)));
    }
    if (examples.given() && !elsewhere) {
      fromExamples();
    } else if (arguments.isEmpty()) {
      fromElsewhere(given);
    } else {
      forPhoto(given);
    }
    return ExitCode.OK.code();
  }

  private void fromElsewhere(Arguments given) throws IOException {
    if (generator == null || conditionFile == null) {
      throw given.misuse(
          "Expected a photo and a sentence, or --generator and --condition, found "
              + (generator != null
                  ? "--generator alone."
                  : conditionFile != null ? "--condition alone." : "neither."));
    }
    if (models != null || force || examples.given()) {
      String odd = models != null ? "--models" : force ? "--force" : "--example";
      throw given.misuse(
          "Expected " + odd + " with a photo and a sentence, found it with --generator.");
    }
    if (Photos.identity(out).equals(Photos.identity(conditionFile))) {
      throw given.misuse("--out would overwrite the condition " + conditionFile + ".");
    }
    new GeneratorRecall(generator, conditionFile, out).run(spec.commandLine().getOut());
  }

  private void forPhoto(Arguments given) throws IOException {
    Wanted.Sentence wanted = new Wanted.Sentence(given.sentence(), force, Optional.of(out));
    List<Path> photos = given.photos(0, 1);
    if (photos.size() > 1) {
      throw given.misuse("Expected one photo and a sentence, found %d.".formatted(photos.size()));
    }
    RasterImage photo = new PictureReader().read(photos.get(0)).image();
    try (Operators operators = operators()) {
      operators.requireKnown(wanted, false);
      Asked asked = operators.asked(wanted);
      try (Operator operator = operators.recall(photo, asked.wish())) {
        keep(operator);
        if (!asked.heard().isEmpty()) {
          spec.commandLine().getErr().println("mneme: " + out + ": " + NotKept.of(asked));
          spec.commandLine().getErr().flush();
        }
      }
    }
  }

  private void fromExamples() throws IOException {
    List<ExamplePair> pairs = examples.pairs();
    try (Operators operators = operators();
        Operator operator = operators.shown(pairs)) {
      keep(operator);
    }
  }

  private Operators operators() throws IOException {
    return new Operators(models == null ? Installation.models() : models, Optional.empty());
  }

  private void keep(Operator operator) {
    Writing.to(out, () -> operator.save(out));
    PrintWriter console = spec.commandLine().getOut();
    console.printf(
        "%s  operator %s, %d values of rank %d%n",
        out,
        operator.digest().substring(0, 12),
        operator.adapters().layout().valuesPerSample(),
        operator.adapters().rank());
    console.flush();
  }
}
