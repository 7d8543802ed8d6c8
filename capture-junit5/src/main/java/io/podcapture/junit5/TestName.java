package io.podcapture.junit5;

import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What a test is called in words and in a path: its class and its method, with the types of its parameters where the class has
 * several of that name, and with the number of the invocation where it is one of several.
 */
record TestName(String className, String shortClassName, String method) {
    private static final Pattern INVOCATION = Pattern.compile("-invocation:#(\\d+)]");

    static TestName of(ExtensionContext context) {
        Class<?> type = context.getRequiredTestClass();
        String shortName =
                type.getName().substring(type.getPackageName().length()).replaceFirst("^\\.", "");
        StringBuilder method = new StringBuilder(
                context.getTestMethod().map(found -> methodName(type, found)).orElse("class"));
        Matcher invocation = INVOCATION.matcher(context.getUniqueId());
        while (invocation.find()) {
            method.append('-').append(invocation.group(1));
        }
        return new TestName(type.getName(), shortName, method.toString());
    }

    Path in(Path directory) {
        return directory.resolve(className).resolve(method);
    }

    @Override
    public String toString() {
        return shortClassName + "." + method;
    }

    private static String methodName(Class<?> type, Method method) {
        return !hasNamesake(type, method)
                ? method.getName()
                : method.getName()
                        + Arrays.stream(method.getParameterTypes())
                                .map(parameter ->
                                        "-" + parameter.getSimpleName().replace("[]", "s"))
                                .collect(Collectors.joining());
    }

    private static boolean hasNamesake(Class<?> type, Method method) {
        for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
            boolean has = Arrays.stream(each.getDeclaredMethods())
                    .filter(other -> !other.isSynthetic() && other.getName().equals(method.getName()))
                    .anyMatch(other -> !Arrays.equals(other.getParameterTypes(), method.getParameterTypes()));
            if (has) {
                return true;
            }
        }
        return false;
    }
}
