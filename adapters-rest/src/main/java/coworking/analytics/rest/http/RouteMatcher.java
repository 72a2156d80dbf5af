package coworking.analytics.rest.http;

import coworking.analytics.rest.spi.Route;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the route of a request. */
final class RouteMatcher {

    private static final Pattern VARIABLE = Pattern.compile("\\{[^}]*}");

    private final Map<String, Route> routesByPath = new HashMap<>();
    private final List<RouteTemplate> templates;

    RouteMatcher(List<Route> routes) {
        routes.stream().filter(route -> !isTemplate(route)).forEach(route -> routesByPath.put(route.path(), route));
        templates = routes.stream().filter(RouteMatcher::isTemplate).map(RouteTemplate::of).toList();
    }

    private static boolean isTemplate(Route route) {
        return VARIABLE.matcher(route.path()).find();
    }

    /** The route of a path. A 404 belongs to a route only if the path has variables: then one of their values was not found. */
    Route match(String path, int status) {
        for (var template : templates) {
            if (template.matches(path)) {
                return template.route();
            }
        }
        return status == 404 ? Route.OTHER : routesByPath.getOrDefault(path, Route.OTHER);
    }

    /** A route whose path has variables; the text before the first of them saves most requests the regular expression. */
    private record RouteTemplate(Route route, String beginning, Pattern pattern) {

        static RouteTemplate of(Route route) {
            var pattern = Stream.of(VARIABLE.split(route.path(), -1)).map(Pattern::quote).collect(Collectors.joining("[^/]+"));
            return new RouteTemplate(route, route.path().substring(0, route.path().indexOf('{')), Pattern.compile(pattern));
        }

        boolean matches(String path) {
            return path.startsWith(beginning) && pattern.matcher(path).matches();
        }
    }
}
