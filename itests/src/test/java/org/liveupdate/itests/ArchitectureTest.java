package org.liveupdate.itests;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.liveupdate.itests.support.Bundles;

/**
 * The tree is the architecture: dependencies point one way.
 *
 * <pre>
 *   kho  &lt;--  api  &lt;--  core
 *    ^         ^
 *    +---------|------  inspector   has a copy of the package of core that reads images
 *    |         +------  kexec       its supervisor knows kho and the JDK only
 *    |---------|------  testkit     finds a core by the service loader
 *    |         +------  console, health, inventory, jmx     show what the core shows
 *    |         |
 *    |         +------  providers.api  &lt;--  providers.*
 *    |                        ^
 *    |                        +-----------  shell
 *    +------------------------+-----------  demo
 * </pre>
 *
 * A module may use what is reachable by arrows. Nobody uses core, a provider or kexec: they are replaceable.
 */
class ArchitectureTest {
    private static final String ROOT = "org.liveupdate.";
    private static final String KHO = ROOT + "kho";
    private static final String API = ROOT + "api";
    private static final String PROVIDERS_API = ROOT + "providers.api";
    private static final String SUPERVISOR = ROOT + "kexec.supervisor";

    /** The only modules whose packages others see. */
    private static final Set<String> EXPORTING = Set.of(API, KHO, PROVIDERS_API, ROOT + "testkit");

    /** What a module may use beside itself, the JDK and OSGi. */
    private static final Map<String, Set<String>> USES = Map.ofEntries(
            Map.entry(KHO, Set.of()),
            Map.entry(API, Set.of(KHO)),
            Map.entry(ROOT + "core", Set.of(API, KHO)),
            Map.entry(ROOT + "kexec", Set.of(API, KHO)),
            Map.entry(ROOT + "inspector", Set.of(KHO)),
            Map.entry(ROOT + "shell", Set.of(API, PROVIDERS_API)),
            Map.entry(ROOT + "testkit", Set.of(API, KHO)),
            Map.entry(ROOT + "console", Set.of(API)),
            Map.entry(ROOT + "health", Set.of(API)),
            Map.entry(ROOT + "inventory", Set.of(API)),
            Map.entry(ROOT + "jmx", Set.of(API)),
            Map.entry(PROVIDERS_API, Set.of(API, KHO)));
    private static final Set<String> USES_OF_OTHERS = Set.of(API, KHO, PROVIDERS_API);

    /** Packages of others that a module contains a copy of. */
    private static final Map<String, Set<String>> COPIES = Map.of(ROOT + "inspector", Set.of(ROOT + "core.image"));

    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importUrls(modules().map(ArchitectureTest::url).toList());

    static Stream<String> modules() {
        return Bundles.symbolicNames().stream().filter(name -> name.startsWith(ROOT));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void theFolderIsTheLastPartOfTheSymbolicName(String module) {
        Path path = Bundles.path(module);
        while (!path.endsWith("target")) {
            path = path.getParent();
        }

        assertEquals(module.substring(module.lastIndexOf('.') + 1), path.getParent().getFileName().toString());
    }

    @ParameterizedTest
    @MethodSource("modules")
    void theSymbolicNameIsTheRootPackage(String module) {
        Set<String> strangers = CLASSES.stream().filter(type -> isFrom(module, type))
                .map(JavaClass::getPackageName).filter(name -> !isIn(module, name) && !isCopied(module, name))
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(Set.of(), strangers);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void onlyPublicModulesExportAndOnlyPackagesOfTheirOwn(String module) {
        Set<String> exported = packages(module, "Export-Package");

        assertTrue(exported.isEmpty() || EXPORTING.contains(module), module + " exports " + exported);
        assertTrue(exported.stream().allMatch(name -> isIn(module, name)), module + " exports " + exported);
        assertTrue(exported.stream().noneMatch(name -> name.contains(".internal")), module + " exports " + exported);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void bundlesAreWiredByPackage(String module) {
        Attributes manifest = Bundles.manifest(module);

        for (String header : List.of("Require-Bundle", "DynamicImport-Package", "Fragment-Host")) {
            assertNull(manifest.getValue(header), module + ": " + header);
        }
    }

    @ParameterizedTest
    @MethodSource("modules")
    void importsFollowTheArrows(String module) {
        Set<String> imported = packages(module, "Import-Package");
        Set<String> uses = USES.getOrDefault(module, USES_OF_OTHERS);

        Set<String> wrong = imported.stream().filter(name -> name.startsWith(ROOT)).filter(name -> !isIn(module, name))
                .filter(name -> uses.stream().noneMatch(used -> isIn(used, name)))
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(Set.of(), wrong);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void classesFollowTheArrows(String module) {
        Set<String> uses = USES.getOrDefault(module, USES_OF_OTHERS);

        noClasses().that(describe("are in " + module, type -> isOf(module, type)))
                .should()
                .dependOnClassesThat(describe("are in a module that " + module + " may not use",
                        type -> isIn("org.liveupdate", type.getPackageName()) && !isOf(module, type)
                                && !isCopied(module, type.getPackageName())
                                && uses.stream().noneMatch(used -> isOf(used, type))))
                .check(CLASSES);
    }

    @Test
    void khoKnowsNothingOfOsgi() {
        noClasses().that().resideInAPackage(KHO + "..")
                .should().dependOnClassesThat(resideInAPackage("org.osgi..")
                        .and(describe("are not annotations", type -> !type.isAnnotation())))
                .check(CLASSES);
        assertEquals(Set.of(), packages(KHO, "Import-Package").stream().filter(name -> name.startsWith("org.osgi"))
                .collect(Collectors.toSet()));
    }

    @Test
    void theSupervisorKnowsTheJdkAndKho() {
        classes().that().resideInAPackage(SUPERVISOR + "..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage("java..", "javax..", KHO + "..", SUPERVISOR + ".."))
                .check(CLASSES);
    }

    private static Set<String> packages(String module, String header) {
        String value = Bundles.manifest(module).getValue(header);
        return value == null
                ? Set.of()
                : Stream.of(QUOTED.matcher(value).replaceAll("").split(",")).map(clause -> clause.split(";")[0].trim())
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    private static URL url(String module) {
        Path path = Bundles.path(module);
        try {
            return Files.isDirectory(path) ? path.toUri().toURL() : URI.create("jar:" + path.toUri() + "!/").toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(module, e);
        }
    }

    private static boolean isIn(String root, String packageName) {
        return packageName.equals(root) || packageName.startsWith(root + ".");
    }

    private static boolean isCopied(String module, String packageName) {
        return COPIES.getOrDefault(module, Set.of()).contains(packageName);
    }

    /** By name; that names and places agree is a test of its own. */
    private static boolean isOf(String module, JavaClass type) {
        return modules().filter(candidate -> isIn(candidate, type.getPackageName()))
                .max(Comparator.comparingInt(String::length)).filter(module::equals).isPresent();
    }

    private static boolean isFrom(String module, JavaClass type) {
        String place = Bundles.path(module).toUri().getPath();
        return type.getSource().filter(source -> source.getUri().toString().contains(place)).isPresent();
    }
}
