/**
 * The parameter generator of HY-WU (arXiv 2603.07236): a transformer that writes LoRA factors from
 * a condition.
 *
 * <p>Order of calls: {@link dev.mneme.memory.generator.GeneratorCheckpoint#load} a published or own
 * checkpoint, or {@link dev.mneme.memory.generator.GeneratorInit#fresh} weights for a {@link
 * dev.mneme.memory.generator.GeneratorConfig}; make a {@link
 * dev.mneme.memory.generator.FunctionalMemory} of either; recall or train it.
 */
package dev.mneme.memory.generator;
