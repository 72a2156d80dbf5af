import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Says the same in compact JSON as a YAML file says, in the same order. The build runs it as it stands here. */
final class YamlToJson {

    private YamlToJson() {}

    public static void main(String[] yamlAndJson) throws Exception {
        var said = new YAMLMapper().readTree(Files.readAllBytes(Path.of(yamlAndJson[0])));
        Files.writeString(Path.of(yamlAndJson[1]), JsonMapper.shared().writeValueAsString(said) + "\n");
    }
}
